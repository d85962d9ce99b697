/** Résumés that were kept with a person. */
import { queryOptions } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { ResumeService } from "./generated";

export type StoredResume = ResumeService["StoredResume"];
export type Parsed = ResumeService["Parsed"];
export type Fact = ResumeService["Fact"];
export type Work = ResumeService["Work"];
export type Study = ResumeService["Study"];
export type Skill = ResumeService["Skill"];

export const resumeQuery = (resume_id: string) =>
  queryOptions({
    queryKey: ["resumes", resume_id],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/v1/resumes/{resume_id}", { params: { path: { resume_id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY, // a résumé that was kept never changes
  });
