/** What a ranking says beyond its order: points by kind, and places whose order is not sure. */
import type { Criterion, CriterionKind, JobMatch, Lack, Reason, TalentMatch } from "@/api/matching";
import { spread } from "@/parts/Score";

export interface Match {
  score: number;
  confidence: number;
  reasons: Reason[];
  gaps: Lack[];
  unknowns: Lack[];
}

/** One place of a ranking: a person for a job, or a job for a person. */
export interface Placed extends Match {
  place: number;
  id: string;
  name: string | null;
  /** What is known besides the name; of people it is asked for when they are shown. */
  more: string[];
}

/** People in the order of their match. */
export const placedPeople = (matches: readonly TalentMatch[]): Placed[] =>
  matches.map(({ talent, ...match }, before) => ({
    ...match,
    place: before + 1,
    id: talent.id,
    name: talent.name ?? null,
    more: [],
  }));

/** Jobs in the order of their match. */
export const placedJobs = (matches: readonly JobMatch[]): Placed[] =>
  matches.map(({ job, ...match }, before) => ({
    ...match,
    place: before + 1,
    id: job.id ?? "",
    name: job.title,
    more: [job.company, job.location].filter((one): one is string => Boolean(one)),
  }));

export interface KindPoints {
  kind: CriterionKind;
  /** The most that the kind can give; null when the criteria are not known. */
  weight: number | null;
  points: number;
}

/** Points by kind, the heaviest first. Kinds that were asked for and gave nothing stand there too. */
export function pointsByKind(reasons: readonly Reason[], criteria: readonly Criterion[] | undefined): KindPoints[] {
  const rows = new Map<CriterionKind, KindPoints>();
  const row = (kind: CriterionKind) => {
    const found = rows.get(kind) ?? { kind, weight: criteria ? 0 : null, points: 0 };
    rows.set(kind, found);
    return found;
  };
  for (const { kind, weight, removed } of criteria ?? []) if (!removed) row(kind).weight! += weight;
  for (const { kind, points } of reasons) row(kind).points += points;
  return [...rows.values()].sort((a, b) => (b.weight ?? b.points) - (a.weight ?? a.points));
}

type Ranged = Pick<Placed, "place" | "score" | "confidence">;

/** The places whose range of possible scores touches that of one of them. */
export function overlapping(all: readonly Ranged[], one: Ranged): number[] {
  const off = spread(one.confidence);
  return all
    .filter((other) => other.place !== one.place && Math.abs(other.score - one.score) <= off + spread(other.confidence))
    .map((other) => other.place);
}

/** Numbers as people write them: runs of three and more as a range. `[2, 3, 4, 7]` is `["2–4", "7"]`. */
export function runs(numbers: readonly number[]): string[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const told: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === sorted[end]! + 1) end += 1;
    if (end - at >= 2) told.push(`${sorted[at]}–${sorted[end]}`);
    else for (let each = at; each <= end; each += 1) told.push(String(sorted[each]));
    at = end + 1;
  }
  return told;
}
