/** The demands of a job as tags, first what must be. */
import type { MatchingService } from "@/api/generated";
import { Tag } from "@/parts/Words";
import { useLabels } from "@/screens/matches/labels";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { demandsOf, wordsOf } from "./asked";
import css from "./Jobs.module.css";

const LEVELS = ["must", "nice"] as const;

interface DemandsProps {
  criteria: readonly MatchingService["Criterion"][];
  /** The most that are shown of each level. */
  most?: number;
}

export function Demands({ criteria, most }: DemandsProps) {
  const t = useTexts();
  const labelOf = useLabels();
  return (
    <dl className={css.demands}>
      {LEVELS.map((level) => {
        const demands = demandsOf(criteria, level);
        if (demands.length === 0) return null;
        const rest = demands.length - (most ?? demands.length);
        return (
          <div key={level}>
            <dt>{t(`jobs.level_${level}`)}</dt>
            <dd>
              {demands.slice(0, most).map((one) => {
                const words = wordsOf(one, labelOf, t);
                return (
                  <Tag key={one.id} title={words}>
                    <b lang={languageOf(words)}>{words}</b>
                  </Tag>
                );
              })}
              {rest > 0 && <span className="meta num">+{rest}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
