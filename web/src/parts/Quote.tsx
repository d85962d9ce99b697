/** Words of a document, quoted as evidence. */
import type { ReactNode } from "react";
import { languageOf } from "@/texts/script";
import css from "./Quote.module.css";

/** A quote with the highlighter on it; `source` says where it stands. */
export function Quote(props: { text: string; source?: ReactNode; on?: boolean }) {
  return (
    <blockquote className={css.quote}>
      <p lang={languageOf(props.text)}>
        <mark data-on={props.on || undefined}>{props.text}</mark>
      </p>
      {props.source && <footer>{props.source}</footer>}
    </blockquote>
  );
}
