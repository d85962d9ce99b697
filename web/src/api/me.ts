/** Who is signed in. */
import { queryOptions, useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { answer, client } from "./client";
import type { AuthService } from "./generated";
import { queries } from "./queries";

export type Profile = AuthService["Profile"];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(client.GET("/api/v1/auth/me", { signal })),
  staleTime: 60_000,
  retry: false,
});

export const useMe = (): Profile => useSuspenseQuery(meQuery).data;

/** Whether the person may change records; a viewer reads. */
export const useMayWrite = (): boolean => useMe().roles.some((role) => role === "owner" || role === "recruiter");

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { username: string; password: string }) => answer(client.POST("/api/v1/auth/login", { body })),
    onSuccess: (signedIn) => {
      queries.clear(); // what somebody else saw here is not for this person
      queries.setQueryData(meQuery.queryKey, signedIn.user);
    },
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => answer(client.POST("/api/v1/auth/logout")),
    onSuccess: () => queries.clear(),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => answer(client.POST("/api/v1/auth/password", { body })),
  });
}
