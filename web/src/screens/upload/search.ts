import { oneOf, type Raw, text, told } from "@/state/search";

export const SHOWN = ["all", "waiting", "done"] as const;

/** What the address of the upload holds: which one, which of its files. */
export const uploadSearch = (raw: Raw) => told({ run: text(raw.run, 64), show: oneOf(raw.show, SHOWN) });
