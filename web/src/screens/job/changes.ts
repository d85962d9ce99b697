/** The bookkeeping of what people want otherwise than the text of a job says. */
import type { Criteria, Criterion, CriterionChange } from "@/api/matching";

/** A change with every part told; null is “as the text says”. */
export interface Change {
  id: string;
  level: "must" | "nice" | null;
  weight: number | null;
  removed: boolean;
}

/** Changes that are not stored yet, by criterion: each is all that is wanted of it. */
export type Edits = Readonly<Record<string, Change>>;

const whole = (change: CriterionChange): Change => ({
  id: change.id,
  level: change.level ?? null,
  weight: change.weight ?? null,
  removed: change.removed ?? false,
});

const isNothing = (change: Change) => change.level === null && change.weight === null && !change.removed;

/** What is wanted of a criterion now: what was edited, else what is in force. */
export function changeOf(criteria: Criteria, edits: Edits, id: string): Change {
  const stored = criteria.changes?.find((change) => change.id === id);
  return edits[id] ?? whole(stored ?? { id });
}

/** The edits with one more. */
export function edit(criteria: Criteria, edits: Edits, id: string, part: Partial<Omit<Change, "id">>): Edits {
  return { ...edits, [id]: { ...changeOf(criteria, edits, id), ...part } };
}

/** The edits after one criterion was given back to the text. */
export function asTextSays(edits: Edits, id: string): Edits {
  return { ...edits, [id]: whole({ id }) };
}

/** Everything given back to the text; with what was wanted until now, to take it back. */
export function allAsTextSays(criteria: Criteria, edits: Edits): { edits: Edits; before: Edits } {
  const before: Record<string, Change> = {};
  for (const { id } of criteria.criteria) {
    const change = changeOf(criteria, edits, id);
    if (!isNothing(change)) before[id] = change;
  }
  const nothing = Object.fromEntries(Object.keys(before).map((id) => [id, whole({ id })]));
  return { edits: { ...edits, ...nothing }, before };
}

/** All changes to be put: those in force with the edits over them, of criteria that the text asks for, in its order. */
export function bodyOf(criteria: Criteria, edits: Edits): Change[] {
  return criteria.criteria.map(({ id }) => changeOf(criteria, edits, id)).filter((change) => !isNothing(change));
}

/** The edits that are still wanted after some were stored: those that were made again meanwhile. */
export function left(edits: Edits, stored: Edits): Edits {
  return Object.fromEntries(Object.entries(edits).filter(([id, change]) => stored[id] !== change));
}

export interface Shown extends Criterion {
  change: Change;
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/**
 * The criteria as they will be when the edits are stored. A set weight keeps its points and the others share the rest
 * as they did; set weights above 100 are scaled. The server's own shares come with its answer.
 */
export function shown(criteria: Criteria, edits: Edits): Shown[] {
  const rows = criteria.criteria.map((criterion) => {
    const change = changeOf(criteria, edits, criterion.id);
    return {
      ...criterion,
      change,
      level: change.level ?? criterion.level,
      removed: change.removed,
      edited: change.level !== null || change.weight !== null,
    };
  });
  if (Object.keys(edits).length === 0) return rows;
  const counted = rows.filter((row) => !row.removed);
  const set = counted.filter((row) => row.change.weight !== null);
  const free = counted.filter((row) => row.change.weight === null);
  const fixed = sum(set.map((row) => row.change.weight!));
  const shares = sum(free.map((row) => row.weight));
  const rest = Math.max(0, 100 - fixed);
  const scale = fixed > 0 && (fixed > 100 || shares === 0) ? 100 / fixed : 1;
  return rows.map((row) => {
    if (row.removed) return { ...row, weight: 0 };
    if (row.change.weight !== null) return { ...row, weight: row.change.weight * scale };
    return { ...row, weight: shares > 0 ? (rest * row.weight) / shares : row.weight };
  });
}

/** The points of all that counts. */
export const total = (rows: readonly Shown[]): number => sum(rows.map((row) => row.weight));

/** What the weights that were set by hand add up to; above 100 they are scaled. */
export const setByHand = (rows: readonly Shown[]): number =>
  sum(rows.filter((row) => !row.removed).map((row) => row.change.weight ?? 0));
