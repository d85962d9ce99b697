/** The stretches of a record that answer the question, with the words that were looked for marked. */
import type { Hit } from "@/api/searching";
import { pieces } from "@/parts/passages";
import { languageOf } from "@/texts/script";
import css from "./Search.module.css";

type Stretch = NonNullable<Hit["highlights"]>[number];

/** The marks of a stretch as spans in its text; the server counts code points from the stretch's own beginning. */
export const spansOf = (stretch: Stretch) => (stretch.marks ?? []).map(([start, end]) => ({ start, end }));

/** Whether a word of the question stands in the record, not only its meaning. */
export const holdsWords = (hit: Hit): boolean =>
  (hit.highlights ?? []).some((stretch) => (stretch.marks ?? []).length > 0);

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
