/** What stands beside the overview: the best matches and what happened last. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Talent, talentEventsQuery } from "@/api/crm";
import { jobsForQuery } from "@/api/matching";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Score } from "@/parts/Score";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { Events, newestFirst } from "./History";
import { hasNoResume } from "./Matches";
import css from "./Side.module.css";

const MATCHES = 3;
const EVENTS = 3;

function Best({ talent }: { talent: string }) {
  const t = useTexts();
  const { data, error, isPending, refetch } = useQuery(jobsForQuery(talent));
  const total = data?.total ?? 0;
  return (
    <section>
      <SectionHead level={2} end={total > MATCHES ? t("person.of", { total }) : undefined}>
        {t("person.best_matches")}
      </SectionHead>
      {isPending && <Bones lines={3} />}
      {error && !hasNoResume(error) && <Failure error={error} onRetry={() => void refetch()} />}
      {(hasNoResume(error) || data?.matches.length === 0) && <p className="ink2">{t("person.no_matches")}</p>}
      {data && data.matches.length > 0 && (
        <ol className={css.matches}>
          {data.matches.slice(0, MATCHES).map(({ job, score, confidence }) => (
            <li key={job.id ?? job.title}>
              <Link to="/matches" search={{ talent, open: job.id ?? undefined }} lang={languageOf(job.title)}>
                {job.title}
              </Link>
              <p className="meta">{[job.company, job.location].filter(Boolean).join(" · ")}</p>
              <Score score={score} confidence={confidence} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Last({ talent }: { talent: string }) {
  const t = useTexts();
  const { data, error, isPending, refetch } = useQuery(talentEventsQuery(talent));
  return (
    <section>
      <SectionHead level={2}>{t("person.history")}</SectionHead>
      {isPending && <Bones lines={2} />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {data && <Events events={newestFirst(data.items).slice(0, EVENTS)} />}
      {data && data.items.length > EVENTS && (
        <Link from="/people/$id" to="/people/$id" search={{ tab: "history" }}>
          {t("person.whole_history")}
        </Link>
      )}
    </section>
  );
}

export function Side({ talent }: { talent: Talent }) {
  const t = useTexts();
  return (
    <aside className={css.side} aria-label={t("person.beside")}>
      {talent.resume_id && <Best talent={talent.id} />}
      <Last talent={talent.id} />
    </aside>
  );
}
