/** The one place that holds what the server knows. */
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client";

let signedOut: () => void = () => {};

/** Say what happens when an answer tells that nobody is signed in. */
export function onSignedOut(act: () => void): void {
  signedOut = act;
}

function notice(error: unknown) {
  if (error instanceof ApiError && error.status === 401 && error.code !== "auth.wrong_credentials") signedOut();
}

/** Whether asking again may help: the network, or a server that is out of breath. */
export function mayRetry(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503);
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: notice }),
  mutationCache: new MutationCache({ onError: notice }),
  // Whether there is a network says little about whether Looma is there, which may run on this machine: it is asked
  // always, and what cannot be done is told at once instead of being done when nobody expects it any more.
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: mayRetry,
      networkMode: "always",
      refetchOnWindowFocus: true,
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
