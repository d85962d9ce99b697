/** What is told while something comes, when there is nothing, and when it went wrong. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError } from "@/api/client";
import { useTexts } from "@/texts";
import { Button } from "./Button";
import css from "./Feedback.module.css";
import { isUnfetched } from "./later";

const ICONS = { plain: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

/** A notice inside a page. */
export function Note(props: { tone?: keyof typeof ICONS; children: ReactNode; actions?: ReactNode }) {
  const Icon = ICONS[props.tone ?? "plain"];
  return (
    <div className={css.note} data-tone={props.tone}>
      <Icon aria-hidden />
      <div className="grow">
        {props.children}
        {props.actions && <div className={`row wrap ${css.actions}`}>{props.actions}</div>}
      </div>
    </div>
  );
}

/** Nothing here: why, and what to do about it. */
export function Empty(props: { title: string; children?: ReactNode; actions?: ReactNode; level?: 1 | 2 | 3 }) {
  const Heading = `h${props.level ?? 2}` as const;
  return (
    <div className={css.blank}>
      <Heading>{props.title}</Heading>
      {props.children && <p>{props.children}</p>}
      {props.actions && <div className={`row wrap ${css.actions}`}>{props.actions}</div>}
    </div>
  );
}

/** The words for an error: the server's own, in the reader's language. */
export function useFaultWords(): (error: unknown) => string {
  const t = useTexts();
  return (error) => {
    if (isUnfetched(error)) return t("parts.fault_fetch");
    if (!(error instanceof ApiError)) return t("parts.fault_page");
    if (error.code === "network") return t("parts.fault_network");
    return error.message || t("parts.fault_unknown");
  };
}

/** What went wrong, the id to ask about it, and another try. */
export function Failure(props: { error: unknown; onRetry?: () => void }) {
  const t = useTexts();
  const words = useFaultWords()(props.error);
  const reference = props.error instanceof ApiError ? props.error.requestId : null;
  return (
    <div role="alert">
      <Note
        tone="bad"
        actions={
          props.onRetry && (
            <Button size="sm" onPress={props.onRetry}>
              {t("parts.retry")}
            </Button>
          )
        }
      >
        <p>{words}</p>
        {reference && (
          <p className="meta">
            {t("parts.reference")} <span className="mono">{reference}</span>
          </p>
        )}
      </Note>
    </div>
  );
}

/** A grey line where a text will stand; shown after 200 ms. */
export const Bone = (props: { width?: string }) => (
  <span className={css.bone} style={{ width: props.width ?? "100%" }} />
);

/** Some lines that are still to come. */
export function Bones(props: { lines?: number }) {
  const t = useTexts();
  return (
    <div className={css.bones} role="status" aria-label={t("parts.loading")}>
      {Array.from({ length: props.lines ?? 5 }, (_, number) => (
        <Bone key={number} width={`${90 - ((number * 17) % 45)}%`} />
      ))}
    </div>
  );
}

interface ProgressProps {
  label: string;
  /** 0–1. */
  share: number;
  /** How far, in words. */
  value: string;
  /** What stands below, left and right: what is done, how long it takes still. */
  left?: ReactNode;
  right?: ReactNode;
}

/** How far something long has come. */
export function Progress({ label, share, value, left, right }: ProgressProps) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <div className={css.progress}>
      <div>
        <b>{label}</b>
        <span>{value}</span>
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={value}
      >
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect width={percent} height="1" />
        </svg>
      </div>
      {(left || right) && (
        <div className="meta">
          <span>{left}</span>
          <span>{right}</span>
        </div>
      )}
    </div>
  );
}
