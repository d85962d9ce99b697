/** Records by a part of their names, a few of each kind: what the search field over everything shows. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";

export const foundQuery = (q: string, limit = 5) =>
  queryOptions({
    queryKey: ["finding", q, limit],
    queryFn: async ({ signal }) => {
      const asked = { params: { query: { q, limit } }, signal };
      const [talents, jobs, companies] = await Promise.all([
        answer(client.GET("/api/v1/talents", asked)),
        answer(client.GET("/api/v1/jobs", asked)),
        answer(client.GET("/api/v1/companies", asked)),
      ]);
      return { talents: talents.items, jobs: jobs.items, companies: companies.items };
    },
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
