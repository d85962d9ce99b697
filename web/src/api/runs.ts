/** Uploads of résumés: durable runs that go on without the page. */
import { queryOptions, useMutation } from "@tanstack/react-query";
import { preferences } from "@/state/preferences";
import { ApiError, answer, client, refusal } from "./client";
import type { AiGateway } from "./generated";
import { queries } from "./queries";

export type Run = AiGateway["Run"];
type Notice = NonNullable<Run["error"]>;

/** One file of an upload. The document leaves the result of a run open, since each kind has its own. */
export interface MatchedFile {
  number: number;
  filename: string;
  size?: number | null;
  pages?: number | null;
  state: "waiting" | "done" | "failed" | "cancelled";
  stage: "waiting" | "reading" | "matching" | "done" | "failed" | "cancelled";
  talent_id?: string | null;
  resume_id?: string | null;
  name?: string | null;
  headline?: string | null;
  facts?: number | null;
  uncertain?: number | null;
  duplicates?: { talent_id: string; why: "same_file" | "same_email" | "same_phone" }[];
  matches: {
    job_id?: string | null;
    title: string;
    company?: string | null;
    location?: string | null;
    score: number;
    confidence: number;
  }[];
  total?: number | null;
  error?: Notice | null;
  warnings: Notice[];
  dismissed?: boolean;
}

export const UPLOAD_KIND = "gateway.resume_match";
export const MOST_FILES = 50;
export const MOST_BYTES = 20 * 1024 * 1024;
/** How many bytes one request carries: below the 32 MB that the server takes unless it is told otherwise. */
export const MOST_AT_ONCE = 30 * 1024 * 1024;
/** How often lists ask again while an upload goes on. */
const AGAIN_MS = 4000;

/** The files of an upload and what became of them. */
export function filesOf(run: Run): MatchedFile[] {
  const result = run.result as { files?: MatchedFile[] } | null | undefined;
  return result?.files ?? [];
}

export type RunEvent = AiGateway["RunEvent"];

/** Files that could not be taken and wait for somebody. */
export const waitingFiles = (run: Run): MatchedFile[] =>
  filesOf(run).filter((file) => file.state === "failed" && !file.dismissed);

export const isOver = (run: Run): boolean => run.state !== "waiting" && run.state !== "running";

/** The reasons come in the language that is read, so each language has answers of its own. */
const key = (...parts: unknown[]) => ["runs", ...parts, preferences().language];

export const runQuery = (run_id: string) =>
  queryOptions({
    queryKey: key("one", run_id),
    queryFn: ({ signal }) => answer(client.GET("/api/v1/runs/{run_id}", { params: { path: { run_id } }, signal })),
  });

export const uploadsQuery = (limit = 20) =>
  queryOptions({
    queryKey: key("uploads", limit),
    queryFn: ({ signal }) =>
      answer(client.GET("/api/v1/runs", { params: { query: { kind: UPLOAD_KIND, limit } }, signal })),
    refetchInterval: ({ state }) => (state.data?.items.every(isOver) === false ? AGAIN_MS : false),
  });

const changed = () => queries.invalidateQueries({ queryKey: ["runs"] });

/** Hand in résumés. `onSent` hears the share of bytes that have left, 0–1; the answer is the run's id. Doing so again
 * under the same key starts no second run. */
export function sendResumes(
  files: readonly File[],
  onSent: (share: number) => void,
  signal: AbortSignal,
  key: string,
): Promise<string> {
  // XMLHttpRequest, since fetch does not tell how much of a body has been sent.
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/workflows/resume-match");
    request.setRequestHeader("accept-language", preferences().language);
    request.setRequestHeader("idempotency-key", key);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onSent(event.loaded / event.total);
    request.onload = () => {
      if (request.status === 202) return resolve(request.response.data.run_id);
      reject(refusal(request.response, new Response(null, { status: request.status })));
    };
    request.onerror = () => reject(new ApiError("network", "", 0, null));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

export function useCancelRun() {
  return useMutation({
    mutationFn: (run_id: string) =>
      answer(client.POST("/api/v1/runs/{run_id}/cancel", { params: { path: { run_id } } })),
    onSuccess: changed,
  });
}

export function useRetryRun() {
  return useMutation({
    mutationFn: (run_id: string) =>
      answer(client.POST("/api/v1/runs/{run_id}/retry", { params: { path: { run_id } } })),
    onSuccess: changed,
  });
}

/** Try a file that failed once more, in the same upload. */
export function useRetryFile() {
  return useMutation({
    mutationFn: ({ run_id, number }: { run_id: string; number: number }) =>
      answer(
        client.POST("/api/v1/workflows/resume-match/{run_id}/files/{number}/retry", {
          params: { path: { run_id, number } },
        }),
      ),
    onSuccess: changed,
  });
}

/** A file that failed needs nobody any more. */
export function useDismissFile() {
  return useMutation({
    mutationFn: ({ run_id, number }: { run_id: string; number: number }) =>
      answer(
        client.POST("/api/v1/workflows/resume-match/{run_id}/files/{number}/dismiss", {
          params: { path: { run_id, number } },
        }),
      ),
    onSuccess: changed,
  });
}
