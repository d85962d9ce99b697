/** Evidence on both sides: what the job asks at the left, what the résumé shows at the right. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Evidence, Lack, Reason } from "@/api/matching";
import { Quote } from "@/parts/Quote";
import { useTexts } from "@/texts";
import css from "./Explanation.module.css";
import type { Hide } from "./hiding";
import type { FactAt } from "./places";

/** Passages that are shown at once; the others are a press away. */
const FIRST = 2;

interface SidesProps {
  of: Reason | Lack;
  /** What stands over the job's sentence, and over the résumé's passage. */
  asked: ReactNode;
  found: ReactNode;
  hide: Hide;
  /** The person whose résumé it is, and where their facts stand; without it nothing leads there. */
  reader?: Reader;
  concept?: string | null;
}

export interface Reader {
  talent: string;
  factAt: FactAt;
}

/** One criterion. */
export function Sides({ of, asked, found, hide, reader, concept }: SidesProps) {
  const t = useTexts();
  const { job = [], resume = [] } = of.evidence;
  const where = (passage: Evidence) => {
    const words = passage.page ? t("matches.quoted_page", { page: passage.page }) : t("matches.quoted_resume");
    if (!reader) return words;
    return (
      <Link
        to="/people/$id"
        params={{ id: reader.talent }}
        search={{ tab: "resume", fact: reader.factAt(passage, concept) }}
      >
        {words}
      </Link>
    );
  };
  return (
    <div className={css.sides}>
      <div>
        <p>{asked}</p>
        <Passages
          all={job}
          on={false}
          hide={hide}
          where={() => t("matches.quoted_job")}
          none={t("matches.no_sentence")}
        />
      </div>
      <div>
        <p>{found}</p>
        <Passages all={resume} on hide={hide} where={where} none={t("matches.no_passage")} />
      </div>
    </div>
  );
}

interface PassagesProps {
  all: readonly Evidence[];
  on: boolean;
  hide: Hide;
  where: (passage: Evidence) => ReactNode;
  none: string;
}

function Passages({ all, on, hide, where, none }: PassagesProps) {
  const t = useTexts();
  if (all.length === 0) return <p className="meta">{none}</p>;
  const quote = (passage: Evidence) => (
    <Quote key={`${passage.start}:${passage.end}`} text={hide(passage.text)} on={on} source={where(passage)} />
  );
  const rest = all.slice(FIRST);
  return (
    <>
      {all.slice(0, FIRST).map(quote)}
      {rest.length > 0 && (
        <details>
          <summary>{t("matches.more_passages", { count: rest.length })}</summary>
          {rest.map(quote)}
        </details>
      )}
    </>
  );
}
