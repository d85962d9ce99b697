/** One place of a ranking in short: who, how well, the strongest reasons, the gaps. */
import { useQuery } from "@tanstack/react-query";
import { Check, CircleHelp, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { talentQuery } from "@/api/crm";
import { Score } from "@/parts/Score";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { asItIs, type Hide } from "./hiding";
import css from "./RankedItem.module.css";
import type { Placed } from "./ranking";

/** What is known of a person besides the name, in a line. */
export function Headline({ id, hide = asItIs }: { id: string; hide?: Hide }) {
  const [t, format] = [useTexts(), useFormats()];
  const { data } = useQuery({ ...talentQuery(id), staleTime: 60_000 });
  if (!data) return null;
  const years =
    data.years === null || data.years === undefined ? "" : t("matches.years", { years: format.number(data.years) });
  const told = [hide(data.headline ?? ""), data.location ?? "", years].filter(Boolean).join(" · ");
  return <span lang={languageOf(told)}>{told}</span>;
}

interface RankedItemProps {
  placed: Placed;
  /** The name as a link; it covers the whole place. */
  name: ReactNode;
  more: ReactNode;
  /** Explained beside the list: opened, or shown as the first, which a narrow screen has no place for. */
  current?: "opened" | "first" | false;
  /** How many gaps are told. */
  gaps: number;
  /** Gaps and what is not known beside the reasons, with the points of these. */
  wide?: boolean;
  hide?: Hide;
}

const REASONS = 3;

/** The item; give it to an ordered list. */
export function RankedItem({ placed, name, more, current, gaps, wide, hide = asItIs }: RankedItemProps) {
  const [t, format] = [useTexts(), useFormats()];
  const lacks = placed.gaps.slice(0, gaps);
  const unknown = placed.unknowns.length;
  return (
    <li className={css.item} data-on={current || undefined}>
      <div className={css.head}>
        <span className={css.place}>{placed.place}</span>
        <div className={`grow ${css.who}`}>
          <h3>{name}</h3>
          <span className={css.more}>{more}</span>
        </div>
        <Score score={placed.score} confidence={placed.confidence} />
      </div>
      <div className={css.told} data-wide={wide || undefined}>
        <ul aria-label={t("matches.reasons")}>
          {placed.reasons.slice(0, REASONS).map((reason, number) => (
            <li key={number} data-tone="ok">
              <Check aria-hidden />
              <span className="cut" lang={languageOf(reason.text)} title={hide(reason.text)}>
                {hide(reason.text)}
              </span>
              {wide && <b>{t("matches.plus", { points: format.one(reason.points) })}</b>}
            </li>
          ))}
        </ul>
        {(lacks.length > 0 || (wide && unknown > 0)) && (
          <ul aria-label={t("matches.gaps_and_unknowns")}>
            {lacks.map((lack, number) => (
              <li key={number} data-tone="gap">
                <Minus aria-hidden />
                <span className="cut" lang={languageOf(lack.text)} title={hide(lack.text)}>
                  {hide(lack.text)}
                </span>
              </li>
            ))}
            {wide && unknown > 0 && (
              <li>
                <CircleHelp aria-hidden />
                <span className="cut">{t("matches.unknown_count", { count: unknown })}</span>
              </li>
            )}
          </ul>
        )}
      </div>
    </li>
  );
}
