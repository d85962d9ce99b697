import { describe, expect, it } from "vitest";
import type { Fact, Parsed } from "@/api/resumes";
import { cutter } from "@/parts/passages";
import { type Field, fieldsOf, isUncertain, marksOf } from "./fields";
import { sample } from "./sample";

const { parsed, at } = sample();
const fields = fieldsOf(parsed);
const one = (kind: Field["kind"]) => fields.find((field) => field.kind === kind)!;

describe("fieldsOf", () => {
  it("puts each fact into its group, the parts of an entry under it", () => {
    expect(fields.map((field) => `${field.group} ${field.kind}${field.inner ? " inner" : ""}`)).toEqual([
      "who name",
      "who years_total",
      "who location",
      "contact email",
      "contact phone",
      "work work",
      "work title inner",
      "work company inner",
      "work date inner",
      "education study",
      "skills skill",
      "skills languages",
    ]);
  });

  it("tells what is from the document, worked out, uncertain or not stated", () => {
    expect(one("email").source).toBe("document");
    expect(one("years_total").source).toBe("inferred");
    expect(one("company").source).toBe("uncertain");
    expect(one("phone")).toMatchObject({ value: null, source: "none", spans: [] });
    expect(fields.filter(isUncertain).map((field) => field.kind)).toEqual(["company"]);
  });

  it("does not call experience missing that the document states itself", () => {
    const stated: Fact = { kind: "years_of_experience", value: "9", method: "rule:years", confidence: 0.9 };
    const kinds = fieldsOf({ ...parsed, years_total: null, facts: [stated] }).map((field) => field.kind);
    expect(kinds).toContain("years_of_experience");
    expect(kinds).not.toContain("years_total");
  });

  it("makes one field of a skill with all its places, and says so when a language is among the skills", () => {
    expect(one("skill").spans).toEqual([at("Kubernetes", 0), at("Kubernetes", 1)]);
    const speaks: Parsed = { ...parsed, skills: [{ ...parsed.skills![0]!, kind: "language" }] };
    expect(fieldsOf(speaks).map((field) => field.kind)).not.toContain("languages");
  });

  it("gives a period to the narrowest entry around it", () => {
    const whole = { ...parsed.work![0]!, passage_start: 0, passage_end: 500 };
    const twice = fieldsOf({ ...parsed, work: [parsed.work![0]!, whole] });
    const dates = twice.findIndex((field) => field.kind === "date");
    const entries = twice.slice(0, dates).filter((field) => field.kind === "work");
    expect(entries.map((field) => field.id)).toEqual(["w0"]);
  });

  it("never gives two fields one id", () => {
    expect(new Set(fields.map((field) => field.id)).size).toBe(fields.length);
  });
});

describe("marksOf", () => {
  it("keeps the places in code points, behind an emoji and a rare character", () => {
    const cut = cutter(parsed.text);
    expect(parsed.text.slice(0, 8)).toContain("🧵");
    expect(one("email").spans.map(({ start, end }) => cut(start, end))).toEqual(["rui@example.org"]);
    expect(one("work").spans.map(({ start, end }) => cut(start, end))).toEqual([
      "Engineer",
      "𠮷野 Works",
      "2019-03 to 2021-04",
    ]);
  });

  it("puts a part of an entry before the entry", () => {
    const title = one("title").spans[0]!;
    const ids = marksOf(fields)
      .filter((mark) => mark.start === title.start)
      .map((mark) => mark.id);
    expect(ids).toEqual([one("title").id, "w0"]);
  });
});
