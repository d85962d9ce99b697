import { expect, it } from "vitest";
import type { MatchingService } from "@/api/generated";
import { labelsOf } from "@/screens/matches/labels";
import { loadTexts } from "@/texts";
import { demandsOf, wordsOf } from "./asked";

const [en, zh] = [await loadTexts("en"), await loadTexts("zh-CN")];
const one = (change: Partial<MatchingService["Criterion"]>): MatchingService["Criterion"] => ({
  id: "skill:python",
  kind: "skill",
  label: "Python",
  level: "must",
  weight: 10,
  ...change,
});

it("takes what counts, the heaviest first", () => {
  const criteria = [
    one({ id: "a", weight: 5 }),
    one({ id: "b", weight: 30 }),
    one({ id: "c", level: "nice" }),
    one({ id: "d", removed: true }),
    one({ id: "meaning", kind: "meaning", weight: 90 }),
  ];
  expect(demandsOf(criteria, "must").map((demand) => demand.id)).toEqual(["b", "a"]);
  expect(demandsOf(criteria, "nice").map((demand) => demand.id)).toEqual(["c"]);
});

it("says the years in both languages", () => {
  const [inEnglish, inChinese] = [labelsOf(en), labelsOf(zh)];
  expect(wordsOf(one({ years_min: 1 }), inEnglish, en)).toBe("Python ≥ 1 year");
  expect(wordsOf(one({ years_min: 5 }), inChinese, zh)).toBe("Python ≥ 5 年");
  expect(wordsOf(one({}), inEnglish, en)).toBe("Python");
});

it("says years of work and degrees in words, which are a number and a code on the wire", () => {
  const work = one({ kind: "experience", label: "5", years_min: 5 });
  const degree = one({ kind: "education", label: "bachelor", degree: "bachelor" });
  expect([work, degree].map((demand) => wordsOf(demand, labelsOf(en), en))).toEqual([
    "5 years of work or more",
    "Bachelor's degree",
  ]);
  expect([work, degree].map((demand) => wordsOf(demand, labelsOf(zh), zh))).toEqual(["5 年以上工作经验", "本科"]);
});
