/** The original text on paper, with a mark on every place of a field. */
import { memo, useMemo } from "react";
import type { Parsed } from "@/api/resumes";
import { cutter, type Piece, pieces } from "@/parts/passages";
import { useTexts } from "@/texts";
import type { Mark } from "../fields";
import { type Block, sheetsOf } from "./blocks";
import css from "./Paper.module.css";

/** The ids of the fields that a piece is a place of, the most particular first. */
const idsOf = (piece: Piece<Mark>): string =>
  [...new Set([...piece.marks].sort((a, b) => a.rank - b.rank).map((mark) => mark.id))].join(" ");

function Pieces(props: { text: string; from: number; marks: readonly Mark[] }) {
  return pieces(props.text, props.marks).map((piece) =>
    piece.marks.length === 0 ? (
      piece.text
    ) : (
      <mark key={props.from + piece.start} data-m={idsOf(piece)} tabIndex={-1}>
        {piece.text}
      </mark>
    ),
  );
}

interface PaperProps {
  parsed: Parsed;
  marks: readonly Mark[];
}

/** The paper. It is drawn once for a résumé: light is put on its marks from outside. */
export const Paper = memo(function Paper({ parsed, marks }: PaperProps) {
  const t = useTexts();
  const { sheets, cut } = useMemo(() => ({ sheets: sheetsOf(parsed), cut: cutter(parsed.text) }), [parsed]);

  function show(block: Block) {
    const own = marks
      .filter((mark) => mark.end > block.start && mark.start < block.end)
      .map((mark) => ({ ...mark, start: mark.start - block.start, end: mark.end - block.start }));
    const inside = <Pieces text={cut(block.start, block.end)} from={block.start} marks={own} />;
    if (block.kind === "text") return <div key={block.start}>{inside}</div>;
    return (
      <h3 key={block.start} data-kind={block.kind}>
        {inside}
      </h3>
    );
  }

  return (
    <article className={css.paper} lang={parsed.language === "zh" ? "zh-CN" : "en"}>
      {sheets.map((sheet) => (
        <div key={sheet.start} className={css.sheet}>
          {sheet.page !== null && sheets.length > 1 && (
            <span className={css.page}>{t("person.page_of", { page: sheet.page, pages: sheets.length })}</span>
          )}
          {sheet.blocks.map(show)}
        </div>
      ))}
    </article>
  );
});
