/** The fields of a résumé by group: one tab stop, arrows from field to field, Enter to its place in the text. */
import { memo, useMemo } from "react";
import { ProvenanceGlyph } from "@/parts/Provenance";
import { cutter, type Span } from "@/parts/passages";
import { Quote } from "@/parts/Quote";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { type Field, GROUPS } from "../fields";
import { usePersonWords } from "../words";
import css from "./FieldList.module.css";

/** How many places of the chosen field are quoted under it. */
const QUOTED = 3;

const BULLET = /^[\s•·\-*–▪◦]+/;

/** The line around a place: what is quoted on a narrow screen. */
function lineAround(text: string, { start, end }: Span): string {
  const cut = cutter(text);
  const before =
    cut(Math.max(0, start - 60), start)
      .split("\n")
      .at(-1) ?? "";
  const after = cut(end, end + 60).split("\n")[0] ?? "";
  return `${before}${cut(start, end)}${after}`.replace(BULLET, "").trim();
}

interface OneProps {
  field: Field;
  chosen: boolean;
  first: boolean;
  text: string;
}

const One = memo(function One({ field, chosen, first, text }: OneProps) {
  const t = useTexts();
  const { name, value, detail } = usePersonWords().tell(field);
  const quoted = chosen ? field.spans.slice(0, QUOTED) : [];
  return (
    <li data-inner={field.inner}>
      <button
        type="button"
        className={css.field}
        data-f={field.id}
        data-none={field.value === null || undefined}
        tabIndex={first ? 0 : -1}
        aria-current={chosen || undefined}
      >
        <span className={css.name} lang={field.kind === "skill" ? languageOf(name) : undefined}>
          {name}
        </span>
        <span className={css.value}>
          <span lang={field.value === null || field.skill ? undefined : languageOf(value)}>{value}</span>
          <span className="meta">{detail}</span>
        </span>
        <ProvenanceGlyph source={field.source} />
      </button>
      {quoted.length > 0 && (
        <div className={css.quotes}>
          {quoted.map((span) => (
            <Quote key={span.start} text={lineAround(text, span)} on />
          ))}
          {field.spans.length > QUOTED && (
            <p className="meta">{t("person.more_places", { count: field.spans.length - QUOTED })}</p>
          )}
        </div>
      )}
    </li>
  );
});

interface FieldListProps {
  fields: readonly Field[];
  /** The id of the field that the address names. */
  chosen?: string;
  text: string;
}

export const FieldList = memo(function FieldList({ fields, chosen, text }: FieldListProps) {
  const t = useTexts();
  const groups = useMemo(
    () =>
      GROUPS.map((group) => ({ group, own: fields.filter((field) => field.group === group) })).filter(
        ({ own }) => own.length > 0,
      ),
    [fields],
  );
  return groups.map(({ group, own }) => (
    <section key={group} className={css.group} aria-labelledby={`group-${group}`}>
      <h3 id={`group-${group}`}>{t(`person.group_${group}`)}</h3>
      <ul>
        {own.map((field) => (
          <One
            key={field.id}
            field={field}
            chosen={field.id === chosen}
            first={field.id === fields[0]?.id}
            text={text}
          />
        ))}
      </ul>
    </section>
  ));
});
