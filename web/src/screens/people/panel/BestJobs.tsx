/** The open jobs that fit a person best. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Talent } from "@/api/crm";
import { jobsForQuery } from "@/api/matching";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Score } from "@/parts/Score";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Panel.module.css";

const SHOWN = 3;

export function BestJobs({ person }: { person: Talent }) {
  const t = useTexts();
  const hasResume = Boolean(person.resume_id);
  const asked = useQuery({ ...jobsForQuery(person.id, {}, SHOWN), enabled: !person.archived && hasResume });
  if (person.archived) return null;
  if (!hasResume)
    return (
      <section>
        <SectionHead level={3}>{t("people.best_jobs")}</SectionHead>
        <p className="meta">{t("people.no_resume")}</p>
      </section>
    );
  const total = asked.data?.total ?? 0;
  return (
    <section>
      <SectionHead
        level={3}
        end={
          total > SHOWN && (
            <Link to="/matches" search={{ talent: person.id }}>
              {t("people.all_jobs", { total })}
            </Link>
          )
        }
      >
        {t("people.best_jobs")}
      </SectionHead>
      {asked.isPending && <Bones lines={3} />}
      {asked.isError && <Failure error={asked.error} onRetry={() => asked.refetch()} />}
      {asked.data?.matches.length === 0 && <p className="meta">{t("people.no_jobs")}</p>}
      <ul className={css.jobs}>
        {asked.data?.matches.map(({ job, score, confidence }) => (
          <li key={job.id}>
            <Link className="cut" to="/matches" search={{ talent: person.id, open: job.id ?? undefined }}>
              <span lang={languageOf(job.title)}>{job.title}</span>
            </Link>
            <span className="meta cut" lang={languageOf(job.company)}>
              {job.company}
            </span>
            <Score score={score} confidence={confidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
