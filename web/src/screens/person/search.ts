import { flag, oneOf, type Raw, text, told } from "@/state/search";

export const TABS = ["overview", "resume", "matches", "history"] as const;
export type PersonTab = (typeof TABS)[number];

/** What the address of a person holds: the tab, the fact that is lit, whether the uncertain ones alone are shown. */
export const personSearch = (raw: Raw) =>
  told({ tab: oneOf(raw.tab, TABS), fact: text(raw.fact, 20), uncertain: flag(raw.uncertain) });
export type PersonSearch = ReturnType<typeof personSearch>;
