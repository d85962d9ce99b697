/** What the panel takes from a résumé. */
import type { Skill, Study, Work } from "@/api/resumes";

const DEGREES = ["secondary", "associate", "bachelor", "master", "doctor"];

/** The study with the highest degree; of equal ones the first that the document names. */
export function highest(studies: readonly Study[]): Study | undefined {
  const rank = (study: Study) => DEGREES.indexOf(study.degree ?? "");
  return studies.reduce<Study | undefined>((best, one) => (!best || rank(one) > rank(best) ? one : best), undefined);
}

/** From when to when: `2021-06 – 2024-02`, with `now` for what goes on; empty when nothing is known. */
export function periodOf(work: Pick<Work, "began" | "ended" | "current">, now: string): string {
  const end = work.current ? now : work.ended;
  return [work.began, end].filter(Boolean).join(" – ");
}

/** Those with the most years first; those without a length keep the document's order behind them. */
export function byYears(skills: readonly Skill[]): Skill[] {
  return [...skills].sort((a, b) => (b.years ?? -1) - (a.years ?? -1));
}
