import { flag, number, oneOf, type Raw, text, texts, told } from "@/state/search";

export const SORTS = ["created_at", "updated_at", "name", "headline", "location", "status", "years"] as const;
export const STATUSES = ["active", "passive", "placed", "do_not_contact"] as const;

/** What the address of the list of people holds. */
export const peopleSearch = (raw: Raw) =>
  told({
    q: text(raw.q),
    status: oneOf(raw.status, STATUSES),
    location: text(raw.location),
    tag: text(raw.tag),
    skill: text(raw.skill),
    years: number(raw.years, 0, 60),
    archived: flag(raw.archived),
    sort: oneOf(raw.sort, SORTS),
    up: flag(raw.up),
    columns: texts(raw.columns),
    open: text(raw.open, 64),
    new: flag(raw.new),
  });
export type PeopleSearch = ReturnType<typeof peopleSearch>;
