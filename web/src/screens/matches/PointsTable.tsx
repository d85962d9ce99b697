/** A score taken apart: the points of each kind beside the most that it can give. */
import type { Criterion } from "@/api/matching";
import { Part } from "@/parts/Score";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import css from "./Explanation.module.css";
import { type Match, pointsByKind } from "./ranking";

/** The table; its sum is the score. */
export function PointsTable({ match, criteria }: { match: Match; criteria: readonly Criterion[] | undefined }) {
  const [t, format] = [useTexts(), useFormats()];
  const rows = pointsByKind(match.reasons, criteria);
  return (
    <table className={css.points}>
      <caption className="sr">{t("matches.points")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("matches.factor")}</th>
          <th scope="col">{t("matches.weight")}</th>
          <th scope="col">
            <span className="sr">{t("matches.bar")}</span>
          </th>
          <th scope="col">{t("matches.fit")}</th>
          <th scope="col">{t("matches.got")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ kind, weight, points }) => (
          <tr key={kind}>
            <th scope="row">{t(`matches.kind_${kind}`)}</th>
            <td>{weight === null ? "–" : format.one(weight)}</td>
            <td>
              <Part value={points} of={weight ?? 100} />
            </td>
            <td>{weight ? format.percent(Math.min(1, points / weight)) : "–"}</td>
            <td>
              <b>{format.one(points)}</b>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("matches.total")}</th>
          <td>{criteria ? format.number(Math.round(rows.reduce((sum, row) => sum + (row.weight ?? 0), 0))) : ""}</td>
          <td />
          <td />
          <td>
            <b>{format.one(match.score)}</b>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
