/** The stretches of a record that answer the question, with the words that were looked for marked. */
import type { Hit } from "@/api/searching";
import { cutter, pieces, type Span } from "@/parts/passages";
import { languageOf } from "@/texts/script";
import css from "./Search.module.css";

type Stretch = NonNullable<Hit["highlights"]>[number];

/**
 * The marks of a stretch as spans in its text; the server counts code points from the stretch's own beginning. Words
 * that stand side by side become one span.
 */
export function spansOf(stretch: Stretch): Span[] {
  const cut = cutter(stretch.text);
  const spans: Span[] = [];
  for (const [start, end] of stretch.marks ?? []) {
    const last = spans.at(-1);
    if (last && start >= last.end && cut(last.end, start).trim() === "") last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

/** Whether a word of the question stands in the record, not only its meaning. */
export function holdsWords(hit: Hit, q: string): boolean {
  if ((hit.highlights ?? []).some((stretch) => (stretch.marks ?? []).length > 0)) return true;
  return Boolean(hit.title?.toLowerCase().includes(q.trim().toLowerCase()));
}

export function Passages({ hit }: { hit: Hit }) {
  const stretches = hit.highlights ?? [];
  return stretches.map((stretch) => (
    <p key={stretch.start} className={css.passage} lang={languageOf(stretch.text)}>
      {stretch.start > 0 && "… "}
      {pieces(stretch.text, spansOf(stretch)).map((piece) =>
        piece.marks.length ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
      )}
    </p>
  ));
}
