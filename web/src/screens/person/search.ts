import { oneOf, type Raw, text, told } from "@/state/search";

export const TABS = ["overview", "resume", "matches", "history"] as const;

/** What the address of a person holds: the tab, and the fact that is lit. */
export const personSearch = (raw: Raw) => told({ tab: oneOf(raw.tab, TABS), fact: text(raw.fact) });
