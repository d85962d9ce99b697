/** What is being written of a job, beside what is stored. */
import type { Job } from "@/api/crm";

export const FIELDS = ["title", "company", "location", "description"] as const;
export type Field = (typeof FIELDS)[number];
export type Draft = Record<Field, string>;

/** The words of a job as fields hold them. */
export const draftOf = (job: Job): Draft => ({
  title: job.title,
  company: job.company ?? "",
  location: job.location ?? "",
  description: job.description,
});

/** What was written otherwise than it is stored; an emptied company or location is none. */
export function changedOf(job: Job, draft: Draft): Partial<Record<Field, string | null>> {
  const stored = draftOf(job);
  const changed: Partial<Record<Field, string | null>> = {};
  for (const field of FIELDS) {
    if (draft[field] === stored[field]) continue;
    const value = field === "description" ? draft[field] : draft[field].trim();
    changed[field] = value === "" && (field === "company" || field === "location") ? null : value;
  }
  return changed;
}

/** The fields that somebody else has changed since. */
export function elsewhere(before: Job, now: Job): Field[] {
  const [was, is] = [draftOf(before), draftOf(now)];
  return FIELDS.filter((field) => was[field] !== is[field]);
}
