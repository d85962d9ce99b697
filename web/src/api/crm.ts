/** People, companies and jobs. */
import { infiniteQueryOptions, queryOptions, useMutation } from "@tanstack/react-query";
import { ApiError, answer, client } from "./client";
import type { LoomaCrm, paths } from "./generated";
import { queries } from "./queries";
import { together } from "./together";

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

const talentBy = together<Talent>({
  one: (talent_id) => answer(client.GET("/api/v1/talents/{talent_id}", { params: { path: { talent_id } } })),
  many: async (ids) => (await answer(client.POST("/api/v1/talents/by-id", { body: { ids } }))).talents,
});

const jobBy = together<Job>({
  one: (job_id) => answer(client.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id } } })),
  many: async (ids) => (await answer(client.POST("/api/v1/jobs/by-id", { body: { ids } }))).jobs,
});

const companyBy = together<Company>({
  one: (company_id) => answer(client.GET("/api/v1/companies/{company_id}", { params: { path: { company_id } } })),
  many: async (ids) => (await answer(client.POST("/api/v1/companies/by-id", { body: { ids } }))).companies,
});

/** One record. Rows that each show another one ask for them in one request. */
export const talentQuery = (id: string) =>
  queryOptions({ queryKey: ["talents", "one", id], queryFn: () => talentBy(id) });
export const jobQuery = (id: string) => queryOptions({ queryKey: ["jobs", "one", id], queryFn: () => jobBy(id) });
export const companyQuery = (id: string) =>
  queryOptions({ queryKey: ["companies", "one", id], queryFn: () => companyBy(id) });

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

type Kind = "talents" | "jobs" | "companies";

/** What shows records of a kind, and what follows from them. A job says its company, and a new one may make it. */
const SHOWING: Record<Kind, readonly string[]> = {
  talents: ["talents", "matches", "search", "finding"],
  jobs: ["jobs", "companies", "matches", "search", "finding"],
  companies: ["companies", "jobs", "matches", "search", "finding"],
};

function askAgain(kind: Kind): void {
  for (const key of SHOWING[kind]) void queries.invalidateQueries({ queryKey: [key] });
}

/**
 * What follows a change: the record that came back stands everywhere at once, and lists and matches follow by
 * themselves: nobody waits for them. When somebody else was faster, the page looks at what they left.
 */
const following = (kind: Kind) => ({
  onSuccess: (record: { id: string }) => {
    queries.setQueryData([kind, "one", record.id], record);
    askAgain(kind);
  },
  onError: (error: Error) => {
    if (error instanceof ApiError && (error.status === 404 || error.status === 409)) askAgain(kind);
  },
});

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
    ...following("talents"),
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
    ...following("talents"),
  });
}

export function useCreateTalent() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewTalent"]) => answer(client.POST("/api/v1/talents", { body })),
    ...following("talents"),
  });
}

export function useCreateJob() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewJob"]) => answer(client.POST("/api/v1/jobs", { body })),
    ...following("jobs"),
  });
}

export function useChangeJob() {
  return useMutation({
    mutationFn: ({ id, version, ...body }: { id: string; version?: number } & LoomaCrm["JobChange"]) =>
      answer(
        client.PATCH("/api/v1/jobs/{job_id}", { params: { path: { job_id: id } }, body, headers: ifMatch(version) }),
      ),
    ...following("jobs"),
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
    ...following("jobs"),
  });
}

export function useCreateCompany() {
  return useMutation({
    mutationFn: (body: LoomaCrm["NewCompany"]) => answer(client.POST("/api/v1/companies", { body })),
    ...following("companies"),
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
    ...following("companies"),
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
    ...following("companies"),
  });
}
