/** Which fact of a résumé a passage of evidence shows, so that a link can light it. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { talentQuery } from "@/api/crm";
import type { Evidence } from "@/api/matching";
import { resumeQuery } from "@/api/resumes";
import { type Field, fieldsOf, marksOf } from "@/screens/person/fields";

export type FactAt = (passage: Evidence, concept?: string | null) => string | undefined;

const touches = (one: { start: number; end: number }, other: { start: number; end: number }) =>
  one.start < other.end && other.start < one.end;

/** The field that a passage shows: the skill that is asked for, else the most particular one there. */
export function factIn(fields: readonly Field[], passage: Evidence, concept?: string | null): string | undefined {
  const skill = fields.find(
    (field) => concept && field.skill?.concept_id === concept && field.spans.some((span) => touches(span, passage)),
  );
  return (skill ?? marksOf(fields).find((mark) => touches(mark, passage)))?.id;
}

/** Finds facts in the résumé of a person; before it is read, and without one, none. */
export function useFactAt(talent: string | undefined): FactAt {
  const { data: person } = useQuery({ ...talentQuery(talent ?? ""), enabled: Boolean(talent), staleTime: 60_000 });
  const resume = person?.resume_id;
  const { data } = useQuery({ ...resumeQuery(resume ?? ""), enabled: Boolean(resume) });
  return useMemo(() => {
    if (!data) return () => undefined;
    const fields = fieldsOf(data.parsed);
    return (passage, concept) => factIn(fields, passage, concept);
  }, [data]);
}
