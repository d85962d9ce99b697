/** What is being changed about a person: only what differs is sent, and what others changed meanwhile is told. */
import type { Talent } from "@/api/crm";
import type { LoomaCrm } from "@/api/generated";
import type { Status } from "@/screens/people/Status";

export type Contact = LoomaCrm["ContactValue"];
export const CONTACT_KINDS = ["email", "phone", "link"] as const;

export interface Draft {
  name: string;
  headline: string;
  location: string;
  status: Status;
  /** Separated by commas. */
  tags: string;
  note: string;
  contacts: Contact[];
}

export const DRAFT_FIELDS = ["name", "headline", "location", "contacts", "status", "tags", "note"] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

export const draftOf = (talent: Talent): Draft => ({
  name: talent.name ?? "",
  headline: talent.headline ?? "",
  location: talent.location ?? "",
  status: talent.status,
  tags: (talent.tags ?? []).join(", "),
  note: talent.note ?? "",
  contacts: (talent.contacts ?? []).map((contact) => ({ ...contact })),
});

const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]/)
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** The whole person as the draft has it; contacts that are hidden from the reader are left as they are. */
function wholeOf(draft: Draft) {
  const line = (text: string) => text.trim() || null;
  return {
    name: line(draft.name),
    headline: line(draft.headline),
    location: line(draft.location),
    status: draft.status,
    tags: tagsOf(draft.tags),
    note: line(draft.note),
    contacts: draft.contacts
      .filter((contact) => contact.value.trim() !== "")
      .map(({ kind, value }) => ({ kind, value: value.trim() })),
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** What differs between a person as they were opened and the draft. */
export function changesOf(base: Talent, draft: Draft): LoomaCrm["TalentChange"] {
  const [before, after] = [wholeOf(draftOf(base)), wholeOf(draft)];
  const hidden = (base.contacts ?? []).some((contact) => contact.masked);
  const changed = DRAFT_FIELDS.filter((field) => !same(before[field], after[field]));
  return Object.fromEntries(
    changed.filter((field) => field !== "contacts" || !hidden).map((field) => [field, after[field]]),
  );
}

/** The fields in which two versions of a person differ. */
export function differing(before: Talent, after: Talent): DraftField[] {
  const [a, b] = [wholeOf(draftOf(before)), wholeOf(draftOf(after))];
  return DRAFT_FIELDS.filter((field) => !same(a[field], b[field]));
}

/** What takes a change back: the values as they were. */
export function undoOf(base: Talent, changes: LoomaCrm["TalentChange"]): LoomaCrm["TalentChange"] {
  const before = wholeOf(draftOf(base));
  return Object.fromEntries(DRAFT_FIELDS.filter((field) => field in changes).map((field) => [field, before[field]]));
}
