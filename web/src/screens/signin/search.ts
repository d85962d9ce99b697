import { flag, type Raw, text, told } from "@/state/search";

/** Where somebody wanted to go: a path of this page, never another site's. */
export function ownPath(told: string | undefined): string | undefined {
  const bare = told?.replace(/[\t\n\r]/g, ""); // as a browser reads it
  return bare && /^\/(?![/\\])/.test(bare) && !bare.startsWith("/signin") ? bare : undefined;
}

export const signInSearch = (raw: Raw) => told({ next: ownPath(text(raw.next, 2000)), ended: flag(raw.ended) });
