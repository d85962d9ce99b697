/** What a job's text asks for, before the job is kept. */
import { queryOptions } from "@tanstack/react-query";
import { preferences } from "@/state/preferences";
import { answer, client } from "./client";

export interface JobText {
  title: string;
  description: string;
  location: string | null;
}

/** The criteria of a text; labels come in the language that is read. */
export const readingQuery = (text: JobText) =>
  queryOptions({
    queryKey: ["reading", text, preferences().language],
    queryFn: ({ signal }) => answer(client.POST("/api/v1/matching/criteria", { body: text, signal })),
    enabled: text.title.trim() !== "" && text.description.trim() !== "",
    staleTime: Number.POSITIVE_INFINITY, // the same text asks for the same
  });
