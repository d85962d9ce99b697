/** The text of a job on paper, with the sentences that its criteria stand on. */
import { Fragment, type ReactNode, useEffect, useMemo } from "react";
import { cutter, lengthOf, type Piece, pieces } from "@/parts/passages";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import type { Light } from "./light";
import css from "./Paper.module.css";
import { type Line, linesOf, type Sentence } from "./references";

interface PaperProps {
  text: string;
  sentences: readonly Sentence[];
  /** The labels of criteria by their ids. */
  labels: ReadonlyMap<string, string>;
  light: Light;
}

/** Where a sentence's number stands, so that a criterion can lead to it. */
export const sentenceId = (number: number) => `sentence-${number}`;

/** Scroll the column to a place in it; where the columns stand below one another, the page stays where it is read. */
function bringIntoColumn(place: HTMLElement | null) {
  const column = place?.closest("section");
  if (!place || !column || getComputedStyle(column).overflowY !== "auto") return;
  const [at, frame] = [place.getBoundingClientRect(), column.getBoundingClientRect()];
  if (at.top >= frame.top && at.bottom <= frame.bottom) return;
  column.scrollBy({ top: at.top - frame.top - frame.height / 3, behavior: "smooth" });
}

/** The sheet. */
export function Paper({ text, sentences, labels, light }: PaperProps) {
  const t = useTexts();
  const lines = useMemo(() => groups(linesOf(text)), [text]);
  // cut once: light moves over the text with the pointer
  const cuts = useMemo(() => {
    const [length, cut] = [lengthOf(text), cutter(text)];
    const made = lines
      .flat()
      .map((line) => [line, pieces(text, sentences, line.start, Math.min(line.end, length), cut)]);
    return new Map(made as [Line, Piece<Sentence>[]][]);
  }, [text, lines, sentences]);

  const { chosen } = light;
  useEffect(() => {
    const sentence = chosen && sentences.find((one) => one.criteria.includes(chosen));
    if (sentence) bringIntoColumn(document.getElementById(sentenceId(sentence.number)));
  }, [chosen, sentences]);

  const number = (sentence: Sentence) => (
    <button
      type="button"
      id={sentenceId(sentence.number)}
      className={css.number}
      aria-label={t("job.sentence", {
        number: sentence.number,
        criteria: sentence.criteria.map((id) => labels.get(id) ?? id).join(", "),
      })}
      aria-pressed={light.isLitSentence(sentence)}
      onFocus={() => light.point(sentence.criteria)}
      onBlur={() => light.point(null)}
      onClick={(event) => {
        event.stopPropagation();
        light.choose(next(sentence.criteria, light.chosen));
      }}
    >
      {sentence.number}
    </button>
  );

  function words(line: Line): ReactNode {
    return cuts.get(line)!.map((piece) => {
      const ends = piece.marks.filter((mark) => mark.end === piece.start + lengthOf(piece.text));
      if (piece.marks.length === 0) return <Fragment key={piece.start}>{piece.text}</Fragment>;
      const criteria = piece.marks.flatMap((mark) => mark.criteria);
      return (
        <mark
          key={piece.start}
          data-on={piece.marks.some(light.isLitSentence) || undefined}
          onPointerEnter={() => light.point(criteria)}
          onPointerLeave={() => light.point(null)}
          onClick={() => light.choose(next(criteria, light.chosen))}
        >
          {ends.length === 0 ? (
            piece.text
          ) : (
            <>
              {piece.text.slice(0, -lastOf(piece.text).length)}
              <span className={css.together}>
                {lastOf(piece.text)}
                {ends.map((mark) => (
                  <Fragment key={mark.number}>{number(mark)}</Fragment>
                ))}
              </span>
            </>
          )}
        </mark>
      );
    });
  }

  return (
    <article className={css.paper} aria-label={t("job.text_of_job")} lang={languageOf(text)} tabIndex={0}>
      {lines.map((group) =>
        Array.isArray(group) ? (
          <ul key={group[0]!.start}>
            {group.map((line) => (
              <li key={line.start}>{words(line)}</li>
            ))}
          </ul>
        ) : group.kind === "title" ? (
          <h3 key={group.start}>{words(group)}</h3>
        ) : group.kind === "heading" ? (
          <h4 key={group.start}>{words(group)}</h4>
        ) : (
          <p key={group.start}>{words(group)}</p>
        ),
      )}
    </article>
  );
}

/** The last word of a passage, of Han its last signs: the number stays on its line. */
function lastOf(text: string): string {
  return /[^\s\p{Script=Han}]{0,24}[^\s]$/u.exec(text)?.[0] ?? text.slice(-1);
}

/** Of several criteria that one sentence asks for, the next on each press. */
function next(criteria: readonly string[], chosen: string | undefined): string | undefined {
  return criteria[(criteria.indexOf(chosen ?? "") + 1) % criteria.length];
}

/** Lines, those of a list together. */
function groups(lines: readonly Line[]): (Line | Line[])[] {
  const made: (Line | Line[])[] = [];
  for (const line of lines) {
    const last = made.at(-1);
    if (line.kind !== "item") made.push(line);
    else if (Array.isArray(last)) last.push(line);
    else made.push([line]);
  }
  return made;
}
