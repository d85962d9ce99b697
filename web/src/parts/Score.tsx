/** A score as it is drawn everywhere: solid up to what is sure, a band for what is not, a tick at the estimate. */
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import css from "./Score.module.css";

/** How far a score may be off: what is not known is a share of the 100 points, and may count or not. */
export function spread(confidence: number): number {
  return Math.round((1 - confidence) * 50);
}

/** A score of 0–100 with its uncertainty; `confidence` is 0–1. */
export function Score(props: { score: number; confidence: number; big?: boolean }) {
  const { score, confidence, big } = props;
  const [t, format] = [useTexts(), useFormats()];
  const off = spread(confidence);
  const [low, high] = [Math.max(0, score - off), Math.min(100, score + off)];
  const words = t("parts.score", { score: format.one(score), off });
  return (
    <span className={css.score} data-big={big || undefined} role="img" aria-label={words}>
      <b>{format.one(score)}</b>
      <svg className={css.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className={css.track} x="0" y="2" width="100" height="6" />
        <rect className={css.sure} x="0" y="2" width={low} height="6" />
        <rect className={css.band} x={low} y="2" width={high - low} height="6" />
        <rect className={css.tick} x={Math.min(98, Math.max(0, score - 1))} y="0" width={big ? 0.6 : 3} height="10" />
      </svg>
      <small>±{off}</small>
    </span>
  );
}

/** A part of a whole as a bar; the number stands beside it. */
export function Part(props: { value: number; of: number; grey?: boolean }) {
  const width = props.of > 0 ? Math.min(100, (100 * props.value) / props.of) : 0;
  return (
    <svg className={css.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className={css.track} x="0" y="2" width="100" height="6" />
      <rect className={props.grey ? css.grey : css.sure} x="0" y="2" width={width} height="6" />
    </svg>
  );
}
