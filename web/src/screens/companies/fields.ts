/** The fields of a company as they are filled in, and what of it is sent. */
import type { Company } from "@/api/crm";

export const FIELDS = ["name", "industry", "location", "size", "website", "note"] as const;
export type Field = (typeof FIELDS)[number];
export type Filled = Record<Field, string>;

/** What the fields hold at first. */
export function filled(company?: Company): Filled {
  return Object.fromEntries(FIELDS.map((field) => [field, company?.[field] ?? ""])) as Filled;
}

/** What differs from a company; an emptied field is null. */
export function changesOf(company: Company, now: Filled): Partial<Record<Field, string | null>> {
  const was = filled(company);
  const changed = FIELDS.filter((field) => now[field].trim() !== was[field]);
  return Object.fromEntries(changed.map((field) => [field, now[field].trim() || null]));
}

/** Where a website may lead: http and https alone; a bare host is taken as https. Null for anything else. */
export function safeAddress(website: string | null | undefined): string | null {
  const told = website?.trim();
  if (!told) return null;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(told) ? told : `https://${told}`);
    const web = url.protocol === "https:" || url.protocol === "http:";
    return web && url.hostname.includes(".") ? url.href : null;
  } catch {
    return null;
  }
}
