/** What a job asks for, in few words. */
import type { MatchingService } from "@/api/generated";
import type { Labels } from "@/screens/matches/labels";
import type { Texts } from "@/texts";

type Criterion = MatchingService["Criterion"];

/** Those that count, by level, what weighs most first. The meaning of the whole text is no demand of its own. */
export function demandsOf(criteria: readonly Criterion[], level: Criterion["level"]): Criterion[] {
  const count = criteria.filter((one) => one.level === level && !one.removed && one.kind !== "meaning");
  return count.sort((a, b) => b.weight - a.weight);
}

/** A demand in words: what, and for how many years at least. */
export function wordsOf(one: Criterion, labelOf: Labels, t: Texts): string {
  const label = labelOf(one);
  return one.years_min && one.kind !== "experience" ? t("jobs.years", { label, count: one.years_min }) : label;
}
