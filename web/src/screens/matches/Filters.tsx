/** Which records are ranked at all, and what weighs how much. */
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Criterion } from "@/api/matching";
import { Button } from "@/parts/Button";
import { NumberField, TextField } from "@/parts/Fields";
import { Part } from "@/parts/Score";
import { isComposing } from "@/state/keys";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import css from "./Matches.module.css";
import { pointsByKind } from "./ranking";
import type { MatchesSearch } from "./search";

/** How long nothing must be typed before it holds. */
const REST_MS = 400;

interface WordProps {
  label: string;
  hint?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A field whose words hold once the typing rests, or at once on Enter; never a word that is being composed. */
export function WordFilter({ label, hint, value = "", onChange }: WordProps) {
  const [typed, type] = useState(value);
  const [composing, compose] = useState(false);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return; // only what somebody else has set
    told.current = value;
    type(value);
  }, [value]);
  const tell = useStable((text: string) => {
    const words = text.trim();
    if (words === told.current) return;
    told.current = words;
    onChange(words || undefined);
  });
  useEffect(() => {
    if (composing) return;
    const timer = setTimeout(() => tell(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed, composing, tell]);
  return (
    <TextField
      size="sm"
      label={label}
      hint={hint}
      value={typed}
      onChange={type}
      maxLength={200}
      onCompositionStart={() => compose(true)}
      onCompositionEnd={() => compose(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !isComposing(event.nativeEvent)) tell(typed);
      }}
    />
  );
}

interface FiltersProps {
  search: MatchesSearch;
  onChange: (part: Partial<MatchesSearch>) => void;
  onClear: () => void;
  filtered: boolean;
  /** Whose criteria weigh. */
  job: { id: string; title: string | null } | undefined;
  criteria: readonly Criterion[] | undefined;
  open: boolean;
}

/** The column. */
export function Filters({ search, onChange, onClear, filtered, job, criteria, open }: FiltersProps) {
  const [t, format] = [useTexts(), useFormats()];
  const rows = pointsByKind([], criteria);
  return (
    <aside className={css.filters} data-open={open || undefined} id="filters" aria-label={t("matches.show_filters")}>
      <div className={css.sectionHead}>
        <h2>{t("matches.filters")}</h2>
        {filtered && (
          <Button kind="quiet" size="sm" onPress={onClear}>
            {t("matches.clear")}
          </Button>
        )}
      </div>
      <div className={css.fields}>
        <WordFilter
          label={t("matches.location")}
          value={search.location}
          onChange={(location) => onChange({ location })}
        />
        <WordFilter
          label={t("matches.skill")}
          hint={t("matches.skill_hint")}
          value={search.skill}
          onChange={(skill) => onChange({ skill })}
        />
        <NumberField
          size="sm"
          label={t("matches.years_least")}
          value={search.years ?? Number.NaN}
          minValue={0}
          maxValue={60}
          onChange={(years) => onChange({ years: Number.isNaN(years) || years === 0 ? undefined : years })}
        />
      </div>
      <div className={css.sectionHead}>
        <h2>{t("matches.weights")}</h2>
        {rows.length > 0 && (
          <span className="meta num">
            {t("matches.sum")}{" "}
            <b className={css.sum}>
              {format.number(Math.round(rows.reduce((sum, row) => sum + (row.weight ?? 0), 0)))}
            </b>
          </span>
        )}
      </div>
      {rows.length > 0 && (
        <dl className={css.weights} aria-label={job?.title ? t("matches.weights_of", { title: job.title }) : undefined}>
          {rows.map(({ kind, weight }) => (
            <div key={kind}>
              <dt>{t(`matches.kind_${kind}`)}</dt>
              <dd>{format.one(weight ?? 0)}</dd>
              <dd aria-hidden>
                <Part value={weight ?? 0} of={100} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {job ? (
        <p className="meta">
          <Link to="/jobs/$id" params={{ id: job.id }}>
            {t("matches.change_weights")}
          </Link>
        </p>
      ) : (
        <p className="meta">{t("matches.change_weights_short")}</p>
      )}
    </aside>
  );
}

/** The latest of a function under one name that does not change. */
function useStable<A>(act: (given: A) => void): (given: A) => void {
  const latest = useRef(act);
  latest.current = act;
  return useRef((given: A) => latest.current(given)).current;
}
