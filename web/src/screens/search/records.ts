/** What a hit's record is called, what stands below it, and where it leads. */
import { useQuery } from "@tanstack/react-query";
import type { LinkProps } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { type Company, companyQuery, type Job, jobQuery, type Talent, talentQuery } from "@/api/crm";
import type { Collection, Hit } from "@/api/searching";

export interface Named {
  name: string | null;
  more: (string | null | undefined)[];
  archived?: boolean;
  closed?: boolean;
  gone?: boolean;
}

const ofTalent = (one: Talent): Named => ({
  name: one.name ?? null,
  more: [one.headline, one.location],
  archived: one.archived,
});
const ofJob = (one: Job): Named => ({
  name: one.title,
  more: [one.company, one.location],
  archived: one.archived,
  closed: one.status === "closed",
});
const ofCompany = (one: Company): Named => ({
  name: one.name,
  more: [one.industry, one.location],
  archived: one.archived,
});

/** A record is looked at again sooner than this only when it is opened. */
const FRESH_MS = 60_000;

/** The record of a hit. Until it is there, the title that the search keeps stands for it. */
export function useRecord(collection: Collection, hit: Hit): Named {
  const talent = useQuery({ ...talentQuery(hit.id), enabled: collection === "talents", staleTime: FRESH_MS });
  const job = useQuery({ ...jobQuery(hit.id), enabled: collection === "jobs", staleTime: FRESH_MS });
  const company = useQuery({ ...companyQuery(hit.id), enabled: collection === "companies", staleTime: FRESH_MS });
  if (talent.data) return ofTalent(talent.data);
  if (job.data) return ofJob(job.data);
  if (company.data) return ofCompany(company.data);
  const error = talent.error ?? job.error ?? company.error;
  const gone = error instanceof ApiError && error.status === 404;
  return { ...ofTitle(collection, hit.title), gone };
}

/** What the search keeps of a record: a person's name and headline stand in one line. */
export function ofTitle(collection: Collection, title: string | null | undefined): Named {
  if (!title || collection !== "talents") return { name: title ?? null, more: [] };
  const [name, ...headline] = title.split(" · ");
  return { name: name!, more: [headline.join(" · ")] };
}

/** Where a hit leads. */
export function placeOf(collection: Collection, id: string): Pick<LinkProps, "to" | "params"> {
  if (collection === "jobs") return { to: "/jobs/$id", params: { id } };
  if (collection === "companies") return { to: "/companies/$id", params: { id } };
  return { to: "/people/$id", params: { id } };
}
