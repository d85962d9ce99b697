/** A parsed résumé as fields: each says one thing, knows its places in the text and how sure it is. */
import type { Fact, Parsed, Skill, Study, Work } from "@/api/resumes";
import { type Provenance, provenanceOf, SURE } from "@/parts/Provenance";
import type { Span } from "@/parts/passages";

export const GROUPS = ["who", "contact", "work", "education", "skills"] as const;
export type Group = (typeof GROUPS)[number];

export type FieldKind = Fact["kind"] | "work" | "study" | "years_total" | "languages";

export interface Field {
  /** Stable for a résumé, which never changes: it stands in addresses. */
  id: string;
  group: Group;
  kind: FieldKind;
  /** The normalised value; null when the document does not state it. */
  value: string | null;
  /** Its places in the text, in code points. */
  spans: Span[];
  page: number | null;
  source: Provenance;
  /** Null for an entry, whose parts have their own, and for what is not stated. */
  confidence: number | null;
  /** It belongs to the entry above it. */
  inner?: true;
  work?: Work;
  study?: Study;
  skill?: Skill;
}

const GROUP_OF: Partial<Record<Fact["kind"], Group>> = {
  email: "contact",
  phone: "contact",
  link: "contact",
  company: "work",
  title: "work",
  date: "work",
  school: "education",
  degree: "education",
  major: "education",
  graduation_year: "education",
  skill: "skills",
};

/** What a résumé should state: where it does not, the field says so. */
const EXPECTED: [Group, FieldKind][] = [
  ["who", "name"],
  ["who", "location"],
  ["who", "years_total"],
  ["contact", "email"],
  ["contact", "phone"],
  ["work", "work"],
  ["education", "study"],
  ["skills", "languages"],
];

const spanOf = (fact: Fact): Span[] =>
  typeof fact.start === "number" && typeof fact.end === "number" ? [{ start: fact.start, end: fact.end }] : [];

function fieldOf(fact: Fact, number: number): Field {
  return {
    id: `f${number}`,
    group: GROUP_OF[fact.kind] ?? "who",
    kind: fact.kind,
    value: fact.value,
    spans: spanOf(fact),
    page: fact.page ?? null,
    source: provenanceOf(fact),
    confidence: fact.confidence,
  };
}

interface Entry {
  key: string;
  field: Field;
  start: number;
  end: number;
}

function entriesOf(parsed: Parsed): Entry[] {
  const entry = (kind: "work" | "study", number: number, told: Work | Study, more: Partial<Field>): Entry => ({
    key: kind === "work" ? `work:${number}` : `education:${number}`,
    start: told.passage_start,
    end: told.passage_end,
    field: {
      id: `${kind === "work" ? "w" : "e"}${number}`,
      group: kind === "work" ? "work" : "education",
      kind,
      value: "",
      spans: [],
      page: null,
      source: "inferred",
      confidence: null,
      ...more,
    },
  });
  return [
    ...(parsed.work ?? []).map((work, number) => entry("work", number, work, { work })),
    ...(parsed.education ?? []).map((study, number) => entry("study", number, study, { study })),
  ];
}

/** The entry that a fact belongs to: the one it names, or for a period the narrowest passage around it. */
function entryOf(fact: Fact, entries: Entry[]): Entry | undefined {
  if (fact.entry) return entries.find((entry) => entry.key === fact.entry);
  if (fact.kind !== "date" || typeof fact.start !== "number") return undefined;
  const at = fact.start;
  return entries
    .filter((entry) => entry.start <= at && at < entry.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

function skillFields(parsed: Parsed, facts: Fact[]): Field[] {
  const best = new Map<string, Fact>();
  for (const fact of facts) {
    const key = fact.concept_id ?? fact.value;
    if (fact.confidence > (best.get(key)?.confidence ?? -1)) best.set(key, fact);
  }
  return (parsed.skills ?? []).map((skill, number) => {
    const fact = best.get(skill.concept_id);
    const start = skill.spans[0]?.start ?? null;
    return {
      id: `s${number}`,
      group: "skills",
      kind: "skill",
      value: skill.name,
      spans: skill.spans,
      page: fact?.page ?? null,
      source: fact ? provenanceOf(fact) : provenanceOf({ start, confidence: 1 }),
      confidence: fact?.confidence ?? null,
      skill,
    };
  });
}

const missing = (group: Group, kind: FieldKind): Field => ({
  id: `no-${kind}`,
  group,
  kind,
  value: null,
  spans: [],
  page: null,
  source: "none",
  confidence: null,
});

/** All fields of a résumé, group by group, each in the order of the text. */
export function fieldsOf(parsed: Parsed): Field[] {
  const facts = parsed.facts ?? [];
  const entries = entriesOf(parsed);
  const parts = new Map<Entry, Field[]>(entries.map((entry) => [entry, []]));
  const loose: Field[] = [];
  const known = new Set((parsed.skills ?? []).map((skill) => skill.concept_id));
  facts.forEach((fact, number) => {
    if (fact.kind === "skill" && fact.concept_id && known.has(fact.concept_id)) return; // is a place of that skill
    const field = fieldOf(fact, number);
    const entry = entryOf(fact, entries);
    if (!entry) loose.push(field);
    else parts.get(entry)!.push({ ...field, group: entry.field.group, inner: true });
  });
  const years: Field[] =
    typeof parsed.years_total === "number"
      ? [
          {
            ...missing("who", "years_total"),
            id: "years",
            value: String(parsed.years_total),
            source: "inferred",
          },
        ]
      : [];
  const inEntries = entries.flatMap((entry) => {
    const own = parts.get(entry)!;
    const spans = own.flatMap((part) => part.spans);
    const source: Provenance = spans.length ? "document" : "inferred";
    return [{ ...entry.field, spans, source, page: own[0]?.page ?? null }, ...own];
  });
  const skills = skillFields(
    parsed,
    facts.filter((fact) => fact.kind === "skill"),
  );
  const all = [...inEntries, ...loose, ...years, ...skills];
  const told = new Set<FieldKind>(all.map((field) => field.kind));
  if (all.some((field) => field.skill?.kind === "language")) told.add("languages");
  if (told.has("years_of_experience")) told.add("years_total");
  const absent = EXPECTED.filter(([, kind]) => !told.has(kind)).map(([group, kind]) => missing(group, kind));
  const everything = [...all, ...absent];
  return GROUPS.flatMap((group) => everything.filter((field) => field.group === group));
}

export const isUncertain = (field: Field): boolean => field.confidence !== null && field.confidence < SURE;

/** A place of a field in the text. */
export interface Mark extends Span {
  id: string;
  /** How wide the whole mark is and whether an entry owns it: the narrowest, most particular one is lit first. */
  rank: number;
}

/** The places of all fields. Where several cover the same words, those of the most particular field come first. */
export function marksOf(fields: readonly Field[]): Mark[] {
  const marks = fields.flatMap((field) =>
    field.spans.map((span) => ({ ...span, id: field.id, rank: span.end - span.start + (isEntry(field) ? 1e7 : 0) })),
  );
  return marks.sort((a, b) => a.rank - b.rank);
}

export const isEntry = (field: Field): boolean => field.kind === "work" || field.kind === "study";
