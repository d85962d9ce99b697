/** Why one place of a ranking is what it is, with the sentences of both sides. */
import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Criterion, Lack } from "@/api/matching";
import { Button, ButtonLink } from "@/parts/Button";
import { Score } from "@/parts/Score";
import { Engine, State, Tag } from "@/parts/Words";
import { useKeys } from "@/state/keys";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./Explanation.module.css";
import { useLabels } from "./labels";
import { PointsTable } from "./PointsTable";
import { useFactAt } from "./places";
import { overlapping, type Placed, runs } from "./ranking";
import { type Reader, Sides } from "./Sides";
import { type Side, useCriteriaOf, useIdentity } from "./useRanking";

interface ExplanationProps {
  side: Side;
  /** The job or person that is ranked for. */
  of: string;
  placed: Placed;
  all: readonly Placed[];
  hidden: boolean;
  /** Opened by the address, not only the first place; on a narrow screen it covers the list then. */
  opened: boolean;
  onClose: () => void;
}

/** The panel. */
export function Explanation({ side, of, placed, all, hidden, opened, onClose }: ExplanationProps) {
  const [t, format] = [useTexts(), useFormats()];
  const ofPeople = side === "job";
  const talent = ofPeople ? placed.id : of;
  const person = ofPeople ? { name: placed.name, number: placed.place } : { name: null, number: 1 };
  const { name, hide } = useIdentity({ id: talent, ...person }, hidden);
  const criteria = useCriteriaOf(ofPeople ? of : placed.id);
  const title = ofPeople ? name : (placed.name ?? "");
  const places = overlapping(all, placed);
  const labelOf = useLabels();
  const factAt = useFactAt(hidden ? undefined : talent);
  const reader = hidden ? undefined : { talent, factAt };
  const panel = useRef<HTMLElement>(null);

  const leave = () => (opened ? onClose() : false);
  useKeys({ Escape: leave });
  // On a narrow screen the panel covers the list, so the focus goes with it; elsewhere it stays in the list.
  useEffect(() => {
    if (opened && panel.current && getComputedStyle(panel.current).position === "fixed") panel.current.focus();
  }, [opened]);

  return (
    <section
      className={css.panel}
      data-opened={opened || undefined}
      aria-labelledby="explanation"
      tabIndex={0}
      ref={panel}
    >
      <header className={css.head}>
        <h2 id="explanation" lang={languageOf(title)}>
          {t("matches.why", { name: title, place: placed.place })}
        </h2>
        {ofPeople ? (
          !hidden && (
            <ButtonLink size="sm" to="/people/$id" params={{ id: placed.id }}>
              {t("matches.to_person")}
            </ButtonLink>
          )
        ) : (
          <ButtonLink size="sm" to="/jobs/$id" params={{ id: placed.id }}>
            {t("matches.to_job")}
          </ButtonLink>
        )}
        {opened && (
          <Button kind="quiet" size="sm" aria-label={t("matches.close")} icon={<X aria-hidden />} onPress={onClose} />
        )}
      </header>
      <p className="meta">
        {places.length > 0
          ? t("matches.overlap", { count: places.length, places: runs(places).join(t("matches.between")) })
          : t("matches.no_overlap")}
      </p>
      <div className={css.score}>
        <Score score={placed.score} confidence={placed.confidence} big />
      </div>
      <PointsTable match={placed} criteria={criteria} />
      <h3>{t("matches.evidence")}</h3>
      {placed.reasons.length === 0 ? (
        <p className="meta">{t("matches.no_reasons")}</p>
      ) : (
        <div className={css.sidesHead} aria-hidden>
          <span>{t("matches.asked")}</span>
          <span>{t("matches.shown")}</span>
        </div>
      )}
      {placed.reasons.map((reason, number) => {
        const criterion = criteria?.find((one) => one.id === reason.criterion_id);
        return (
          <Sides
            key={number}
            of={reason}
            hide={hide}
            reader={reader}
            concept={criterion?.concept_id}
            asked={
              <Asked
                level={criterion?.level}
                label={(criterion && labelOf(criterion)) ?? t(`matches.kind_${reason.kind}`)}
              />
            }
            found={
              <>
                <State tone="ok">
                  <span className={css.said} lang={languageOf(reason.text)}>
                    {hide(reason.text)}
                  </span>
                </State>
                <b className={css.plus}>{t("matches.plus", { points: format.one(reason.points) })}</b>
              </>
            }
          />
        );
      })}
      {(["gaps", "unknowns"] as const).map((kind) => (
        <Lacks key={kind} kind={kind} all={placed[kind]} criteria={criteria} hide={hide} reader={reader} />
      ))}
      <div className={css.engine}>
        {criteria && (
          <Engine>
            {t(criteria.some((one) => one.kind === "meaning") ? "matches.engine_model" : "matches.engine_rules")}
          </Engine>
        )}
      </div>
    </section>
  );
}

function Asked({ level, label }: { level?: Criterion["level"]; label: string }) {
  const t = useTexts();
  return (
    <>
      {level && <Tag>{level === "must" ? <b>{t("matches.must")}</b> : t("matches.nice")}</Tag>}
      <span lang={languageOf(label)}>{label}</span>
    </>
  );
}

interface LacksProps {
  kind: "gaps" | "unknowns";
  all: readonly Lack[];
  criteria: readonly Criterion[] | undefined;
  hide: (text: string) => string;
  reader?: Reader;
}

function Lacks({ kind, all, criteria, hide, reader }: LacksProps) {
  const t = useTexts();
  const labelOf = useLabels();
  return (
    <>
      <h3>{t(`matches.${kind}`)}</h3>
      <p className="meta">{all.length > 0 ? t(`matches.${kind}_why`) : t(`matches.no_${kind}`)}</p>
      {all.map((lack, number) => {
        const criterion = criteria?.find((one) => one.id === lack.criterion_id);
        return (
          <Sides
            key={number}
            of={lack}
            hide={hide}
            reader={reader}
            concept={criterion?.concept_id}
            asked={
              <Asked level={lack.level} label={(criterion && labelOf(criterion)) ?? t(`matches.kind_${lack.kind}`)} />
            }
            found={
              <State tone={kind === "gaps" ? "warn" : "off"}>
                <span className={css.said} lang={languageOf(lack.text)}>
                  {hide(lack.text)}
                </span>
              </State>
            }
          />
        );
      })}
    </>
  );
}
