/** The public operations, typed by the checked-in OpenAPI documents, out of their envelope. */
import createClient from "openapi-fetch";
import { preferences } from "@/state/preferences";
import type { paths } from "./generated";

/** What an operation answered instead of data: a stable code, words in the reader's language, the id to ask about it. */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly requestId: string | null,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

export const client = createClient<paths>({ baseUrl: "/", fetch: (request) => fetch(request) });

client.use({
  onRequest({ request }) {
    request.headers.set("accept-language", preferences().language);
    return request;
  },
});

interface Envelope<T> {
  data: T;
}

type Asked<T> = Promise<{ data?: Envelope<T>; error?: unknown; response: Response }>;

/** The data of an answer. Throws `ApiError`; code `network` when nothing answered. */
export async function answer<T>(asked: Asked<T>): Promise<T> {
  const { data, error, response } = await asked.catch((failure: unknown) => {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new ApiError("network", "", 0, null);
  });
  if (data) return data.data;
  throw refusal(error, response);
}

interface Refused {
  error?: { code?: string; message?: string; details?: Record<string, unknown> } | null;
  metadata?: { request_id?: string };
}

/** What a refusing answer says. */
export function refusal(body: unknown, response: Response): ApiError {
  const { error, metadata } = (typeof body === "object" && body ? body : {}) as Refused;
  const requestId = metadata?.request_id ?? response.headers.get("x-request-id");
  return new ApiError(error?.code ?? "internal", error?.message ?? "", response.status, requestId, error?.details);
}
