/** What a job asks for, and who and what fit. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { preferences } from "@/state/preferences";
import { answer, client } from "./client";
import type { MatchingService } from "./generated";
import { queries } from "./queries";

export type Criteria = MatchingService["Criteria"];
export type Criterion = MatchingService["Criterion"];
export type CriterionChange = MatchingService["CriterionChange"];
export type CriterionKind = Criterion["kind"];
export type JobMatch = MatchingService["JobMatch"];
export type TalentMatch = MatchingService["TalentMatch"];
export type Reason = MatchingService["Reason"];
export type Lack = MatchingService["Lack"];
export type Evidence = MatchingService["Evidence"];
export type Filters = MatchingService["Filters"];

/** Labels and reasons come in the language that is read, so each language has answers of its own. */
const key = (...parts: unknown[]) => ["matches", ...parts, preferences().language];

export const criteriaQuery = (job_id: string) =>
  queryOptions({
    queryKey: key("criteria", job_id),
    queryFn: ({ signal }) =>
      answer(client.GET("/api/v1/matching/jobs/{job_id}/criteria", { params: { path: { job_id } }, signal })),
  });

/** People who fit a job. Nothing is written to the history: pages ask again by themselves. */
export const talentsForQuery = (job_id: string, filters: Partial<Filters> = {}, limit = 50) =>
  queryOptions({
    queryKey: key("talents", job_id, filters, limit),
    queryFn: ({ signal }) =>
      answer(client.POST("/api/v1/matching/talents", { body: { job_id, filters, limit, keep: false }, signal })),
  });

/** Jobs that fit a person. */
export const jobsForQuery = (talent_id: string, filters: Partial<Filters> = {}, limit = 50) =>
  queryOptions({
    queryKey: key("jobs", talent_id, filters, limit),
    queryFn: ({ signal }) =>
      answer(client.POST("/api/v1/matching/jobs", { body: { talent_id, filters, limit, keep: false }, signal })),
  });

/** Change what counts for a job. `criteria` replaces all changes; an empty list means: as the text says. */
export function useChangeCriteria(job_id: string) {
  return useMutation({
    mutationFn: ({ version, criteria }: { version?: number; criteria: CriterionChange[] }) =>
      answer(
        client.PUT("/api/v1/matching/jobs/{job_id}/criteria", {
          params: { path: { job_id } },
          body: { criteria },
          headers: version === undefined ? {} : { "if-match": `"${version}"` },
        }),
      ),
    onSuccess: (criteria) => {
      const { queryKey } = criteriaQuery(job_id);
      queries.setQueryData(queryKey, criteria);
      // The rankings follow by themselves; saving has not to wait for them.
      void queries.invalidateQueries({
        queryKey: ["matches"],
        predicate: (query) => query.queryHash !== JSON.stringify(queryKey),
      });
    },
  });
}
