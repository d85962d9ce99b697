import { describe, expect, it } from "vitest";
import type { Skill, Study } from "@/api/resumes";
import { addressOf } from "./KeyFacts";
import { byYears, highest, periodOf } from "./resume";

const study = (degree: Study["degree"], school: string): Study => ({
  degree,
  school,
  passage_start: 0,
  passage_end: 1,
});
const skill = (name: string, years: number | null): Skill => ({
  concept_id: name,
  name,
  kind: "tool",
  years,
  spans: [],
});

describe("what the panel takes from a résumé", () => {
  it("is the highest study, the first of equal ones", () => {
    const studies = [study(null, "A"), study("master", "B"), study("bachelor", "C"), study("master", "D")];
    expect(highest(studies)?.school).toBe("B");
    expect(highest([study(null, "A")])?.school).toBe("A");
    expect(highest([])).toBeUndefined();
  });

  it("is a period, as far as it is known", () => {
    expect(periodOf({ began: "2021-06", ended: null, current: true }, "now")).toBe("2021-06 – now");
    expect(periodOf({ began: "2018-03", ended: "2021-05" }, "now")).toBe("2018-03 – 2021-05");
    expect(periodOf({ began: null, ended: "2021-05" }, "now")).toBe("2021-05");
    expect(periodOf({}, "now")).toBe("");
  });

  it("is skills by their years, those without in the document's order", () => {
    const skills = [skill("a", null), skill("b", 2), skill("c", 7.2), skill("d", null)];
    expect(byYears(skills).map((one) => one.name)).toEqual(["c", "b", "a", "d"]);
  });
});

describe("where a contact leads", () => {
  it("is the web, the mail or the phone, and never a script", () => {
    expect(addressOf({ kind: "email", value: "a@example.org" })).toBe("mailto:a@example.org");
    expect(addressOf({ kind: "phone", value: "+49 (30) 12-34" })).toBe("tel:+49301234");
    expect(addressOf({ kind: "link", value: "https://example.org/x" })).toBe("https://example.org/x");
    expect(addressOf({ kind: "link", value: "javascript:alert(1)" })).toBeUndefined();
  });
});
