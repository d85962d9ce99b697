import { flag, oneOf, type Raw, text, texts, told } from "@/state/search";

export const SORTS = ["created_at", "updated_at", "title", "company", "location", "status"] as const;
export const STATUSES = ["open", "closed"] as const;

/** What the address of the list of jobs holds. */
export const jobsSearch = (raw: Raw) =>
  told({
    q: text(raw.q),
    status: oneOf(raw.status, STATUSES),
    location: text(raw.location),
    company: text(raw.company, 64),
    archived: flag(raw.archived),
    sort: oneOf(raw.sort, SORTS),
    up: flag(raw.up),
    columns: texts(raw.columns),
    open: text(raw.open, 64),
    new: flag(raw.new),
  });
export type JobsSearch = ReturnType<typeof jobsSearch>;
