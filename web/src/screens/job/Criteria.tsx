/** What a job asks for and how much each counts, with the way back to what the text says. */
import { RotateCcw } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/parts/Button";
import { Empty, Note, useFaultWords } from "@/parts/Feedback";
import { Engine } from "@/parts/Words";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { CriteriaTable } from "./CriteriaTable";
import { setByHand, total } from "./changes";
import css from "./Job.module.css";
import type { Light } from "./light";
import type { Sentence } from "./references";
import type { Editing } from "./useCriteria";

interface CriteriaProps {
  editing: Editing;
  sentences: readonly Sentence[];
  light: Light;
  mayWrite: boolean;
}

/** The column. */
export function Criteria({ editing, sentences, light, mayWrite }: CriteriaProps) {
  const [t, format] = [useTexts(), useFormats()];
  const words = useFaultWords();
  const section = useRef<HTMLElement>(null);
  const { rows, saving } = editing;
  const counted = rows.filter((row) => !row.removed).length;
  const changed = rows.some((row) => row.edited || row.removed);
  const byHand = setByHand(rows);
  const refused = saving === "conflict" || saving === "failed";

  function reset() {
    const undo = editing.reset();
    toast({ text: t("job.reset_done"), ...(changed ? { undo } : {}) });
  }

  /** The question goes when it is answered; the focus returns to what it was about. */
  const answering = (act: () => void) => () => {
    act();
    section.current?.focus();
  };

  return (
    <section className={css.criteria} aria-labelledby="criteria" tabIndex={-1} ref={section}>
      <div className={css.sectionHead}>
        <h2 id="criteria">{t("job.criteria")}</h2>
        <span className="meta num">
          {t("job.criteria_count", { count: counted })}{" "}
          <b className={css.sum}>{format.number(Math.round(total(rows)))}</b>
        </span>
      </div>
      <div className={css.bar}>
        <span className="meta" role="status">
          {!mayWrite && t("job.reader")}
          {mayWrite && (saving === "waiting" || saving === "saving") && t("job.saving")}
          {mayWrite && saving === "saved" && t("job.saved")}
          {mayWrite && saving === "rest" && t("job.saves_itself")}
        </span>
        <span className="grow" />
        <Button kind="quiet" size="sm" icon={<RotateCcw aria-hidden />} isDisabled={!mayWrite} onPress={reset}>
          {t("job.as_text_says")}
        </Button>
      </div>
      {refused && (
        <div role="alert" className={css.refused}>
          <Note
            tone="warn"
            actions={
              <>
                <Button size="sm" onPress={answering(editing.again)}>
                  {saving === "conflict" ? t("job.mine_over_theirs") : t("parts.retry")}
                </Button>
                <Button size="sm" onPress={answering(editing.forget)}>
                  {t("job.forget_mine")}
                </Button>
              </>
            }
          >
            {saving === "conflict" ? t("job.criteria_conflict") : words(editing.fault)}
          </Note>
        </div>
      )}
      {rows.length === 0 ? (
        <Empty title={t("job.no_criteria")}>{t("job.no_criteria_why")}</Empty>
      ) : (
        <CriteriaTable editing={editing} sentences={sentences} light={light} mayWrite={mayWrite} />
      )}
      {byHand > 100 && (
        <p className={`meta ${css.scaled}`} role="status">
          {t("job.scaled", { sum: format.number(Math.round(byHand * 10) / 10) })}
        </p>
      )}
      <div className={css.engine}>
        <Engine>
          {t(rows.some((row) => row.kind === "meaning") ? "matches.engine_model" : "matches.engine_rules")}
        </Engine>
      </div>
    </section>
  );
}
