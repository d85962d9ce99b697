/** The sentences of a job that its criteria stand on, numbered in the order of the text. */
import type { Criterion } from "@/api/matching";
import { cutter, lengthOf, type Span } from "@/parts/passages";

export interface Sentence extends Span {
  number: number;
  /** The criteria that it asks for. */
  criteria: string[];
}

/** Each sentence once. */
export function sentencesOf(criteria: readonly Pick<Criterion, "id" | "evidence">[]): Sentence[] {
  const found = new Map<string, Sentence>();
  for (const { id, evidence = [] } of criteria) {
    for (const { start, end } of evidence) {
      const place = `${start}:${end}`;
      const sentence = found.get(place) ?? { start, end, number: 0, criteria: [] };
      if (!sentence.criteria.includes(id)) sentence.criteria.push(id);
      found.set(place, sentence);
    }
  }
  const sorted = [...found.values()].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.map((sentence, before) => ({ ...sentence, number: before + 1 }));
}

export interface Line extends Span {
  kind: "title" | "heading" | "item" | "text";
}

const BULLET = /^\s*(?:[-*•·●▪–]|\d{1,2}[.)、．])\s*/u;

/** Whether a line of its own heads what follows: short, and ended by a colon, or by nothing before a list. */
function isHeading(line: string, next: string | undefined): boolean {
  if (lengthOf(line) > 40) return false;
  return /[:：]$/.test(line) || (next !== undefined && BULLET.test(next) && !/[.!?;,。！？；，]$/.test(line));
}

/** The lines of a text as paper shows them; empty ones are left out, the signs before items too. */
export function linesOf(text: string): Line[] {
  const all = text.split("\n");
  const following: (string | undefined)[] = [];
  for (let number = all.length - 1, next: string | undefined; number >= 0; number -= 1) {
    following[number] = next;
    if (all[number]!.trim()) next = all[number];
  }
  const made: Line[] = [];
  let at = 0;
  all.forEach((line, number) => {
    const length = lengthOf(line);
    const trimmed = line.trim();
    const bullet = number > 0 ? BULLET.exec(line)?.[0] : undefined;
    const skip = bullet ? lengthOf(bullet) : length - lengthOf(line.trimStart());
    const kind = number === 0 ? "title" : bullet ? "item" : isHeading(trimmed, following[number]) ? "heading" : "text";
    if (trimmed) made.push({ start: at + skip, end: at + length, kind });
    at += length + 1;
  });
  return made;
}

/** The words of a sentence, for those who cannot see where it stands. */
export function wordsOf(text: string, sentence: Span): string {
  return cutter(text)(sentence.start, sentence.end);
}
