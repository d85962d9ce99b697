/** What a job asks for, row by row: how much it counts, and whether it must be. */
import { RotateCcw, Undo2, X } from "lucide-react";
import { Button } from "@/parts/Button";
import { NumberField, Segmented } from "@/parts/Fields";
import { useLabels } from "@/screens/matches/labels";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./CriteriaTable.module.css";
import type { Shown } from "./changes";
import type { Light } from "./light";
import { sentenceId } from "./Paper";
import type { Sentence } from "./references";
import type { Editing } from "./useCriteria";

interface CriteriaTableProps {
  editing: Editing;
  sentences: readonly Sentence[];
  light: Light;
  mayWrite: boolean;
}

/** The table. */
export function CriteriaTable({ editing, sentences, light, mayWrite }: CriteriaTableProps) {
  const t = useTexts();
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">
            <abbr title={t("job.number_of_sentence")}>{t("job.number")}</abbr>
          </th>
          <th scope="col">{t("job.criterion")}</th>
          <th scope="col">{t("job.level")}</th>
          <th scope="col" className={css.end}>
            {t("job.weight")}
          </th>
          <th scope="col">
            <span className="sr">{t("job.remove_or_back")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {editing.rows.map((row) => (
          <CriterionRow
            key={row.id}
            row={row}
            editing={editing}
            sentences={sentences.filter((sentence) => sentence.criteria.includes(row.id))}
            light={light}
            mayWrite={mayWrite}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends CriteriaTableProps {
  row: Shown;
}

function CriterionRow({ row, editing, sentences, light, mayWrite }: RowProps) {
  const [t, format] = [useTexts(), useFormats()];
  const { id, removed, edited } = row;
  const label = useLabels()(row);
  const years = row.years_min ? t("job.years_min", { years: format.number(row.years_min) }) : "";
  const weight = Math.round(row.weight * 10) / 10;
  const lightUp = () => light.choose(id);
  return (
    <tr
      data-on={light.isLit(id) || undefined}
      data-removed={removed || undefined}
      onPointerEnter={() => light.point([id])}
      onPointerLeave={() => light.point(null)}
      onFocus={lightUp}
      onClick={lightUp}
    >
      <td className={css.number}>
        {sentences.length === 0 && "–"}
        {sentences.map(({ number }) => (
          <button
            key={number}
            type="button"
            aria-label={t("job.show_sentence", { number, criterion: label })}
            onClick={() =>
              document.getElementById(sentenceId(number))?.scrollIntoView({ block: "center", behavior: "smooth" })
            }
          >
            {number}
          </button>
        ))}
      </td>
      <th scope="row">
        <span lang={languageOf(label)}>{removed ? <del>{label}</del> : label}</span>
        <p className="meta">
          {t(`matches.kind_${row.kind}`)}
          {years && ` · ${years}`}
          {removed && ` · ${t("job.removed")}`}
          {edited && !removed && (
            <>
              {" · "}
              <b>{t("job.edited")}</b>
            </>
          )}
        </p>
      </th>
      <td>
        <Segmented
          label={t("job.level_of", { criterion: label })}
          options={[
            { id: "must", text: t("matches.must") },
            { id: "nice", text: t("matches.nice") },
          ]}
          value={row.level}
          isDisabled={removed || !mayWrite}
          onChange={(level) => level !== row.level && editing.change(id, { level })}
        />
      </td>
      {!removed && (
        <td key="weight" className={css.end}>
          <NumberField
            bare
            size="sm"
            label={t("job.weight_of", { criterion: label })}
            value={weight}
            minValue={0}
            maxValue={100}
            formatOptions={{ maximumFractionDigits: 1 }}
            isDisabled={!mayWrite}
            onChange={(points) => {
              if (!Number.isNaN(points) && points !== weight) editing.change(id, { weight: points });
            }}
          />
        </td>
      )}
      <td key="acts" className={css.acts} colSpan={removed ? 2 : 1}>
        {mayWrite && edited && !removed && (
          <Button
            kind="quiet"
            size="sm"
            aria-label={t("job.give_back", { criterion: label })}
            icon={<RotateCcw aria-hidden />}
            onPress={(event) => {
              const next = event.target.nextElementSibling; // this button goes, the focus stays in its row
              editing.giveBack(id);
              if (next instanceof HTMLElement) next.focus();
            }}
          />
        )}
        {mayWrite && (
          <Button
            kind="quiet"
            size="sm"
            aria-label={t(removed ? "job.take_back_one" : "job.remove", { criterion: label })}
            icon={removed ? <Undo2 aria-hidden /> : <X aria-hidden />}
            onPress={() => editing.change(id, { removed: !removed })}
          >
            {removed ? t("job.take_back") : undefined}
          </Button>
        )}
      </td>
    </tr>
  );
}
