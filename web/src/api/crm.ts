/** People, companies and jobs. */
import { infiniteQueryOptions, queryOptions, useMutation } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { LoomaCrm, paths } from "./generated";
import { queries } from "./queries";

export type Talent = LoomaCrm["Talent"];
export type Job = LoomaCrm["Job"];
export type Company = LoomaCrm["Company"];
export type Event = LoomaCrm["Event"];
type Asked<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? Omit<NonNullable<Q>, "cursor" | "limit">
  : never;
export type TalentsAsked = Asked<"/api/v1/talents">;
export type JobsAsked = Asked<"/api/v1/jobs">;
export type CompaniesAsked = Asked<"/api/v1/companies">;

/** Rows of a list that are fetched at once: the most that the server gives. */
export const PAGE = 200;
const first = null as string | null;

export const talentsQuery = (asked: TalentsAsked, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ["talents", "list", asked, limit],
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(client.GET("/api/v1/talents", { params: { query: { ...asked, cursor, limit } }, signal })),
    initialPageParam: first,
    getNextPageParam: (page) => page.next_cursor,
  });

export const jobsQuery = (asked: JobsAsked, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ["jobs", "list", asked, limit],
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(client.GET("/api/v1/jobs", { params: { query: { ...asked, cursor, limit } }, signal })),
    initialPageParam: first,
    getNextPageParam: (page) => page.next_cursor,
  });

export const companiesQuery = (asked: CompaniesAsked, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ["companies", "list", asked, limit],
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(client.GET("/api/v1/companies", { params: { query: { ...asked, cursor, limit } }, signal })),
    initialPageParam: first,
    getNextPageParam: (page) => page.next_cursor,
  });

export const talentQuery = (talent_id: string) =>
  queryOptions({
    queryKey: ["talents", "one", talent_id],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/v1/talents/{talent_id}", { params: { path: { talent_id } }, signal })),
  });

export const jobQuery = (job_id: string) =>
  queryOptions({
    queryKey: ["jobs", "one", job_id],
    queryFn: ({ signal }) => answer(client.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id } }, signal })),
  });

export const companyQuery = (company_id: string) =>
  queryOptions({
    queryKey: ["companies", "one", company_id],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/v1/companies/{company_id}", { params: { path: { company_id } }, signal })),
  });

export const talentEventsQuery = (talent_id: string) =>
  queryOptions({
    queryKey: ["talents", "events", talent_id],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/v1/talents/{talent_id}/events", {
          params: { path: { talent_id }, query: { limit: PAGE } },
          signal,
        }),
      ),
  });

/** Ask again for whatever shows records of a kind, and for the matches that follow from them. */
function changed(kind: "talents" | "jobs" | "companies") {
  return Promise.all([kind, "matches", "search"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

const ifMatch = (version?: number) => (version === undefined ? {} : { "if-match": `"${version}"` });

export function useChangeTalent() {
  return useMutation({
    mutationFn: ({ id, version, ...body }: { id: string; version?: number } & LoomaCrm["TalentChange"]) =>
      answer(
        client.PATCH("/api/v1/talents/{talent_id}", {
          params: { path: { talent_id: id } },
          body,
          headers: ifMatch(version),
        }),
      ),
    onSuccess: () => changed("talents"),
  });
}

/** Put a person away, or take them back. */
export function useArchiveTalent() {
  return useMutation({
    mutationFn: ({ id, restore }: { id: string; restore?: boolean }) => {
      const params = { path: { talent_id: id } };
      return answer(
        restore
          ? client.POST("/api/v1/talents/{talent_id}/restore", { params })
          : client.POST("/api/v1/talents/{talent_id}/archive", { params }),
      );
    },
    onSuccess: () => changed("talents"),
  });
}

export function useCreateTalent() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewTalent"]) => answer(client.POST("/api/v1/talents", { body })),
    onSuccess: () => changed("talents"),
  });
}

export function useCreateJob() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewJob"]) => answer(client.POST("/api/v1/jobs", { body })),
    onSuccess: () => changed("jobs"),
  });
}

export function useChangeJob() {
  return useMutation({
    mutationFn: ({ id, version, ...body }: { id: string; version?: number } & LoomaCrm["JobChange"]) =>
      answer(
        client.PATCH("/api/v1/jobs/{job_id}", { params: { path: { job_id: id } }, body, headers: ifMatch(version) }),
      ),
    onSuccess: () => changed("jobs"),
  });
}

export function useArchiveJob() {
  return useMutation({
    mutationFn: ({ id, restore }: { id: string; restore?: boolean }) => {
      const params = { path: { job_id: id } };
      return answer(
        restore
          ? client.POST("/api/v1/jobs/{job_id}/restore", { params })
          : client.POST("/api/v1/jobs/{job_id}/archive", { params }),
      );
    },
    onSuccess: () => changed("jobs"),
  });
}

export function useCreateCompany() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewCompany"]) => answer(client.POST("/api/v1/companies", { body })),
    onSuccess: () => changed("companies"),
  });
}

export function useChangeCompany() {
  return useMutation({
    mutationFn: ({ id, version, ...body }: { id: string; version?: number } & LoomaCrm["CompanyChange"]) =>
      answer(
        client.PATCH("/api/v1/companies/{company_id}", {
          params: { path: { company_id: id } },
          body,
          headers: ifMatch(version),
        }),
      ),
    onSuccess: () => changed("companies"),
  });
}

export function useArchiveCompany() {
  return useMutation({
    mutationFn: ({ id, restore }: { id: string; restore?: boolean }) => {
      const params = { path: { company_id: id } };
      return answer(
        restore
          ? client.POST("/api/v1/companies/{company_id}/restore", { params })
          : client.POST("/api/v1/companies/{company_id}/archive", { params }),
      );
    },
    onSuccess: () => changed("companies"),
  });
}
