/** Jobs that fit a person. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { type JobMatch, jobsForQuery } from "@/api/matching";
import { ButtonLink } from "@/parts/Button";
import { Bones, Empty, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Score } from "@/parts/Score";
import { State } from "@/parts/Words";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Matches.module.css";

const REASONS = 3;
const GAPS = 3;

/** Whether an answer says that there is nothing to match with. */
export const hasNoResume = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === "matching.no_resume" || error.status === 404);

function Match({ match, talent }: { match: JobMatch; talent: string }) {
  const t = useTexts();
  const { job } = match;
  return (
    <li className={css.match}>
      <div className={css.head}>
        <h3 lang={languageOf(job.title)}>
          <Link to="/matches" search={{ talent, open: job.id ?? undefined }}>
            {job.title}
          </Link>
        </h3>
        <Score score={match.score} confidence={match.confidence} />
      </div>
      <p className="meta">{[job.company, job.location].filter(Boolean).join(" · ")}</p>
      <ul className={css.reasons} aria-label={t("person.reasons")}>
        {match.reasons.slice(0, REASONS).map((reason) => (
          <li key={`${reason.criterion_id} ${reason.text}`}>
            <State tone="ok">{reason.text}</State>
          </li>
        ))}
      </ul>
      {match.gaps.length > 0 && (
        <ul className={css.reasons} aria-label={t("person.gaps")}>
          {match.gaps.slice(0, GAPS).map((gap) => (
            <li key={`${gap.criterion_id} ${gap.text}`}>
              <State tone={gap.level === "must" ? "bad" : "warn"}>{gap.text}</State>
            </li>
          ))}
          {match.gaps.length > GAPS && (
            <li className="meta">{t("person.more_gaps", { count: match.gaps.length - GAPS })}</li>
          )}
        </ul>
      )}
      {match.unknowns.length > 0 && (
        <p>
          <State tone="off">{t("person.unknowns", { count: match.unknowns.length })}</State>
        </p>
      )}
    </li>
  );
}

export function Matches({ talent }: { talent: string }) {
  const t = useTexts();
  const { data, error, isPending, refetch } = useQuery(jobsForQuery(talent));
  if (isPending) return <Bones lines={8} />;
  if (error) {
    if (hasNoResume(error)) return <Empty title={t("person.no_matches")}>{t("person.not_matched")}</Empty>;
    return <Failure error={error} onRetry={() => void refetch()} />;
  }
  if (data.matches.length === 0) {
    return (
      <Empty title={t("person.no_matches")} actions={<ButtonLink to="/jobs">{t("person.to_jobs")}</ButtonLink>}>
        {t("person.no_matches_why")}
      </Empty>
    );
  }
  return (
    <section className={css.matches} aria-labelledby="matches">
      <SectionHead level={2} id="matches" end={t("person.jobs_found", { count: data.total })}>
        {t("person.matches")}
      </SectionHead>
      <ol>
        {data.matches.map((match) => (
          <Match key={match.job.id ?? match.job.title} match={match} talent={talent} />
        ))}
      </ol>
      {data.total > data.matches.length && (
        <ButtonLink kind="quiet" size="sm" to="/matches" search={{ talent }}>
          {t("person.all_matches", { count: data.total })}
        </ButtonLink>
      )}
    </section>
  );
}
