import { oneOf, type Raw, text, told } from "@/state/search";

export const WAYS = ["hybrid", "text", "semantic"] as const;
export const KINDS = ["talents", "jobs", "companies"] as const;

/** What the address of the search holds. */
export const searchSearch = (raw: Raw) =>
  told({
    q: text(raw.q, 1000),
    way: oneOf(raw.way, WAYS),
    in: oneOf(raw.in, KINDS),
  });
