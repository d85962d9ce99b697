/** Search by word, by meaning and by both. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { VectorService } from "./generated";

export type Hit = VectorService["Hit"];
export type Hits = VectorService["Hits"];
export type Way = "text" | "semantic" | "hybrid";
export type Collection = "talents" | "jobs" | "companies";

/** The most that one search gives. */
export const MOST_HITS = 100;

export const searchQuery = (way: Way, collection: Collection, query: string, k = 50) =>
  queryOptions({
    queryKey: ["search", way, collection, query, k],
    queryFn: ({ signal }) => {
      const asked = { body: { collection, query, k, highlight: true }, signal };
      const found = {
        text: () => answer(client.POST("/api/v1/search/text", asked)),
        semantic: () => answer(client.POST("/api/v1/search/semantic", asked)),
        hybrid: () => answer(client.POST("/api/v1/search/hybrid", asked)),
      };
      return found[way]() as Promise<Hits>; // the client widens the pairs of `marks` to lists
    },
    enabled: query.trim() !== "",
  });

/** How many records hold one of the words, up to `MOST_HITS`. By meaning everything is found, nearer or farther. */
export const holdingQuery = (collection: Collection, query: string) =>
  queryOptions({
    queryKey: ["search", "holding", collection, query],
    queryFn: async ({ signal }) => {
      const body = { collection, query, k: MOST_HITS, highlight: false };
      const found = await answer(client.POST("/api/v1/search/text", { body, signal }));
      return found.hits.length;
    },
    enabled: query.trim() !== "",
    placeholderData: keepPreviousData,
  });
