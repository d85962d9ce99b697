/** Where a fact comes from, told by shape, with the words on hover and focus. */
import { Button, Tooltip, TooltipTrigger } from "react-aria-components";
import { useTexts } from "@/texts";
import css from "./Provenance.module.css";

export const SOURCES = ["person", "document", "inferred", "uncertain", "none"] as const;
export type Provenance = (typeof SOURCES)[number];

/** Below this a fact is drawn as uncertain, and counted as such by the server. */
export const SURE = 0.6;

/** The mark of a fact of a résumé: uncertain, from a place in the document, or worked out. */
export function provenanceOf(fact: { start?: number | null; confidence: number }): Provenance {
  if (fact.confidence < SURE) return "uncertain";
  return fact.start === null || fact.start === undefined ? "inferred" : "document";
}

/** The mark; `detail` says more than the word for the source. */
export function ProvenanceMark(props: { source: Provenance; detail?: string }) {
  const t = useTexts();
  const words = props.detail ?? t(`parts.source_${props.source}`);
  return (
    <TooltipTrigger delay={300}>
      <Button className={css.mark!} aria-label={words}>
        <i data-source={props.source} />
      </Button>
      <Tooltip className={css.tip!}>{words}</Tooltip>
    </TooltipTrigger>
  );
}

/** The shape alone, where the words stand beside it or in what holds it. */
export const ProvenanceGlyph = ({ source }: { source: Provenance }) => (
  <span className={css.mark}>
    <i data-source={source} />
    <span className="sr">{useTexts()(`parts.source_${source}`)}</span>
  </span>
);

/** What the marks mean. */
export function ProvenanceKey(props: { sources?: readonly Provenance[] }) {
  const t = useTexts();
  return (
    <ul className={css.key} aria-label={t("parts.sources")}>
      {(props.sources ?? SOURCES).map((source) => (
        <li key={source}>
          <i data-source={source} />
          {t(`parts.source_${source}`)}
        </li>
      ))}
    </ul>
  );
}
