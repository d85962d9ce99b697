/** What a person's overview tells first: each fact with where it comes from, and what is not known as such. */
import type { Talent } from "@/api/crm";
import type { Fact, Parsed } from "@/api/resumes";
import { type Provenance, provenanceOf } from "@/parts/Provenance";
import { fieldsOf } from "./fields";

export const KINDS = ["email", "phone", "link", "location", "years", "stated_years", "degree", "languages"] as const;
export type KeyKind = (typeof KINDS)[number];

export interface KeyFact {
  kind: KeyKind;
  /** Null when it is not known. */
  value: string | null;
  source: Provenance;
  /** The field of the résumé that says so. */
  field?: string;
  masked?: boolean;
}

const RANKS = ["secondary", "associate", "bachelor", "master", "doctor"];
/** Kinds that are told only where they are known. */
const OPTIONAL: readonly KeyKind[] = ["link", "stated_years"];

function plain(value: string): string {
  return value.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}

/** What somebody entered by hand comes from a person; what stands in the résumé comes from there. */
function known(kind: Fact["kind"] & KeyKind, value: string, parsed: Parsed | null): KeyFact {
  const number = (parsed?.facts ?? []).findIndex((fact) => fact.kind === kind && plain(fact.value) === plain(value));
  const fact = parsed?.facts?.[number];
  return fact ? { kind, value, source: provenanceOf(fact), field: `f${number}` } : { kind, value, source: "person" };
}

/** The facts, in the order of `KINDS`. */
export function keyFacts(talent: Talent, parsed: Parsed | null): KeyFact[] {
  const found: KeyFact[] = (talent.contacts ?? []).map((contact) => ({
    ...known(contact.kind, contact.value, parsed),
    masked: contact.masked,
  }));
  if (talent.location) found.push(known("location", talent.location, parsed));
  if (typeof talent.years === "number") {
    found.push({ kind: "years", value: String(talent.years), source: "inferred", field: "years" });
  }
  const facts = parsed?.facts ?? [];
  const stated = facts.findIndex((fact) => fact.kind === "years_of_experience");
  if (stated >= 0) {
    const fact = facts[stated]!;
    found.push({ kind: "stated_years", value: fact.value, source: provenanceOf(fact), field: `f${stated}` });
  }
  const highest = facts
    .map((fact, number) => ({ fact, number }))
    .filter(({ fact }) => fact.kind === "degree")
    .sort((a, b) => RANKS.indexOf(b.fact.value) - RANKS.indexOf(a.fact.value))[0];
  if (highest) {
    const { fact, number } = highest;
    found.push({ kind: "degree", value: fact.value, source: provenanceOf(fact), field: `f${number}` });
  }
  for (const field of parsed ? fieldsOf(parsed) : []) {
    if (field.skill?.kind !== "language") continue;
    found.push({ kind: "languages", value: field.skill.name, source: field.source, field: field.id });
  }
  return KINDS.flatMap((kind): KeyFact[] => {
    const own = found.filter((fact) => fact.kind === kind);
    if (own.length > 0 || OPTIONAL.includes(kind)) return own;
    return [{ kind, value: null, source: "none" }];
  });
}
