/** What criteria are called: degrees and years in the language that is read, the others as the server says. */
import type { Criterion } from "@/api/matching";
import { type Texts, useTexts } from "@/texts";

export type Labels = (criterion: Pick<Criterion, "kind" | "label" | "degree" | "years_min">) => string;

export function labelsOf(t: Texts): Labels {
  return ({ kind, label, degree, years_min }) => {
    if (degree) return t(`person.degree_${degree}`);
    // years of work as a whole are nothing but a number on the wire
    return kind === "experience" && years_min ? t("matches.years_asked", { years: years_min }) : label;
  };
}

export const useLabels = (): Labels => labelsOf(useTexts());
