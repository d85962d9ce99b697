import { flag, oneOf, type Raw, text, texts, told } from "@/state/search";

export const SORTS = ["created_at", "updated_at", "name", "industry", "location"] as const;

/** What the address of the list of companies holds. */
export const companiesSearch = (raw: Raw) =>
  told({
    q: text(raw.q),
    industry: text(raw.industry),
    archived: flag(raw.archived),
    sort: oneOf(raw.sort, SORTS),
    up: flag(raw.up),
    columns: texts(raw.columns),
    open: text(raw.open, 64),
    new: flag(raw.new),
  });
export type CompaniesSearch = ReturnType<typeof companiesSearch>;
