/** Search by word, by meaning and by both. */
import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { VectorService } from "./generated";

export type Hit = VectorService["Hit"];
export type Way = "text" | "semantic" | "hybrid";
export type Collection = "talents" | "jobs" | "companies";

export const searchQuery = (way: Way, collection: Collection, query: string, k = 50) =>
  queryOptions({
    queryKey: ["search", way, collection, query, k],
    queryFn: ({ signal }) => {
      const asked = { body: { collection, query, k, highlight: true }, signal };
      if (way === "text") return answer(client.POST("/api/v1/search/text", asked));
      if (way === "semantic") return answer(client.POST("/api/v1/search/semantic", asked));
      return answer(client.POST("/api/v1/search/hybrid", asked));
    },
    enabled: query.trim() !== "",
  });
