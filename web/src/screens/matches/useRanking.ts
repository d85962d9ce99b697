/** The ranking that an address asks for: people for a job, or jobs for a person, and what both sides are called. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { jobQuery, talentQuery } from "@/api/crm";
import { type Criterion, criteriaQuery, type Filters, jobsForQuery, talentsForQuery } from "@/api/matching";
import { useTexts } from "@/texts";
import { asItIs, type Hide, hiding } from "./hiding";
import { type Placed, placedJobs, placedPeople } from "./ranking";
import type { MatchesSearch } from "./search";

export type Side = "job" | "talent";

/** The filters of an address as the server takes them. */
export function filtersOf({ location, skill, years }: MatchesSearch): Partial<Filters> {
  return {
    ...(location ? { location } : {}),
    ...(skill ? { skills_all: [skill] } : {}),
    ...(years ? { years_min: years } : {}),
  };
}

/** What is ranked for the job or person of an address, at most `limit` places. */
export function useRanking(side: Side, id: string, search: MatchesSearch, limit: number) {
  const filters = filtersOf(search);
  const shared = { placeholderData: keepPreviousData };
  const people = useQuery({ ...talentsForQuery(id, filters, limit), ...shared, enabled: side === "job" });
  const jobs = useQuery({ ...jobsForQuery(id, filters, limit), ...shared, enabled: side === "talent" });
  const query = side === "job" ? people : jobs;
  const placed = useMemo(
    () => (side === "job" ? placedPeople(people.data?.matches ?? []) : placedJobs(jobs.data?.matches ?? [])),
    [side, people.data, jobs.data],
  );
  return {
    placed,
    total: query.data?.total ?? 0,
    isPending: query.isPending,
    isFetching: query.isFetching,
    isPlaceholder: query.isPlaceholderData,
    error: query.data ? null : query.error,
    retry: () => void query.refetch(),
  };
}

export interface Subject {
  title: string | null;
  more: string;
  demo: boolean;
  error: unknown;
  retry: () => void;
}

/** The job or person that is ranked for. */
export function useSubject(side: Side, id: string): Subject {
  const job = useQuery({ ...jobQuery(id), enabled: side === "job" });
  const talent = useQuery({ ...talentQuery(id), enabled: side === "talent" });
  const t = useTexts();
  const query = side === "job" ? job : talent;
  const [title, more] =
    side === "job"
      ? [job.data?.title ?? null, [job.data?.company, job.data?.location]]
      : [
          talent.data ? (talent.data.name ?? t("parts.nameless")) : null,
          [talent.data?.headline, talent.data?.location],
        ];
  return {
    title,
    more: more.filter(Boolean).join(" · "),
    demo: query.data?.demo ?? false,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** What a job asks for, once it is known which job. */
export function useCriteriaOf(job_id: string | undefined): readonly Criterion[] | undefined {
  return useQuery({ ...criteriaQuery(job_id ?? ""), enabled: Boolean(job_id) }).data?.criteria;
}

/** What a person is called here, and what takes their name out of texts while identities are hidden. */
export function useIdentity(
  person: { id: string | undefined; name: string | null | undefined; number: number },
  hidden: boolean,
): { name: string; hide: Hide } {
  const t = useTexts();
  const { data } = useQuery({
    ...talentQuery(person.id ?? ""),
    enabled: hidden && Boolean(person.id),
    staleTime: 60_000,
  });
  const alias = t("matches.person", { number: person.number });
  const name = person.name ?? data?.name ?? null;
  const contacts = data?.contacts;
  return useMemo(
    () =>
      hidden
        ? { name: alias, hide: hiding({ name, contacts }, alias) }
        : { name: name ?? t("parts.nameless"), hide: asItIs },
    [hidden, alias, name, contacts, t],
  );
}

export type { Placed };
