import { expect, it } from "vitest";
import type { MatchingService } from "@/api/generated";
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
  expect(wordsOf(one({ years_min: 1 }), en)).toBe("Python ≥ 1 year");
  expect(wordsOf(one({ years_min: 5 }), zh)).toBe("Python ≥ 5 年");
  expect(wordsOf(one({}), en)).toBe("Python");
});
