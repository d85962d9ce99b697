/** What criteria are called: degrees by their names in the language that is read, the others as the server says. */
import type { Criterion } from "@/api/matching";
import { useTexts } from "@/texts";

export type Labels = (criterion: Pick<Criterion, "label" | "degree">) => string;

export function useLabels(): Labels {
  const t = useTexts();
  return ({ label, degree }) => (degree ? t(`person.degree_${degree}`) : label);
}
