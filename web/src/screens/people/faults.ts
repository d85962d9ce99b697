/** Which field of the form for a new person the server refused, and in which words. */
import { ApiError } from "@/api/client";
import type { Texts } from "@/texts";

export const FIELDS = ["name", "headline", "location", "email", "phone", "status"] as const;
export type Field = (typeof FIELDS)[number];
export type Faults = Partial<Record<Field, string>>;

/** Problems that we have better words for: the server names a contact by its place in the request. */
const OWN = { not_email: "people.not_email", not_phone: "people.not_phone" } as const;

/** `kinds` are the contacts that were sent, in order: the server names them by their place. */
export function faultsOf(error: unknown, kinds: readonly ("email" | "phone")[], t: Texts): Faults {
  const faults: Faults = {};
  if (!(error instanceof ApiError)) return faults;
  const { problems } = error.details;
  for (const one of Array.isArray(problems) ? problems : []) {
    const { field, message, problem } = one as Record<string, unknown>;
    if (typeof field !== "string" || typeof message !== "string") continue;
    const place = /^contacts\.(\d+)/.exec(field);
    const named = place ? kinds[Number(place[1])] : FIELDS.find((name) => name === field);
    if (named) faults[named] ??= problem === "not_email" || problem === "not_phone" ? t(OWN[problem]) : message;
  }
  return faults;
}
