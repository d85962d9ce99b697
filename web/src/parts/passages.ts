/** Passages of texts. The server counts in code points, JavaScript in UTF-16 units: everything goes through here. */

export interface Span {
  start: number;
  end: number;
}

/** Cuts a text by code points. */
export function cutter(text: string): (start: number, end: number) => string {
  if (!/[\ud800-\udfff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length;
}

export interface Piece<M> {
  start: number;
  text: string;
  /** The marks that cover this piece whole, in the order given. */
  marks: M[];
}

/** A text in pieces, cut wherever a mark begins or ends; marks may overlap. Marks outside of the text are cut off. */
export function pieces<M extends Span>(
  text: string,
  marks: readonly M[],
  from = 0,
  to = lengthOf(text),
  cut = cutter(text), // whoever asks for many stretches of a long text gives the same one each time
): Piece<M>[] {
  const inside = marks.filter((mark) => mark.end > from && mark.start < to && mark.end > mark.start);
  const edges = new Set([from, to]);
  for (const mark of inside) {
    edges.add(Math.max(from, mark.start));
    edges.add(Math.min(to, mark.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const made: Piece<M>[] = [];
  let open: M[] = [];
  const waiting = [...inside].sort((a, b) => a.start - b.start);
  let next = 0;
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const [start, end] = [sorted[at]!, sorted[at + 1]!];
    while (next < waiting.length && waiting[next]!.start <= start) open.push(waiting[next++]!);
    open = open.filter((mark) => mark.end > start);
    made.push({ start, text: cut(start, end), marks: [...open] });
  }
  return made;
}
