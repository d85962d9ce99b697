/** What a job asks for, in few words. */
import type { MatchingService } from "@/api/generated";
import type { Texts } from "@/texts";

type Criterion = MatchingService["Criterion"];

/** Those that count, by level, what weighs most first. The meaning of the whole text is no demand of its own. */
export function demandsOf(criteria: readonly Criterion[], level: Criterion["level"]): Criterion[] {
  const count = criteria.filter((one) => one.level === level && !one.removed && one.kind !== "meaning");
  return count.sort((a, b) => b.weight - a.weight);
}

/** A demand in words: what, and for how many years at least. */
export function wordsOf({ kind, label, years_min }: Criterion, t: Texts): string {
  if (!years_min || kind === "experience") return label;
  return t("jobs.years", { label, count: years_min });
}
