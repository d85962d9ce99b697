/** The newest people, open jobs with who fits them, and companies. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { companiesQuery, type Job, jobsQuery, talentsQuery } from "@/api/crm";
import { talentsForQuery } from "@/api/matching";
import { ButtonLink } from "@/parts/Button";
import { Score } from "@/parts/Score";
import { Avatar } from "@/parts/Words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { Block } from "./Block";
import css from "./Home.module.css";

export const NEWEST = 6;
export const peopleAsked = talentsQuery({}, NEWEST);
export const jobsAsked = jobsQuery({ status: "open" }, NEWEST);
export const companiesAsked = companiesQuery({}, NEWEST);

export function People() {
  const [t, format] = [useTexts(), useFormats()];
  const asked = useInfiniteQuery(peopleAsked);
  const page = asked.data?.pages[0];
  return (
    <Block
      count={page?.total}
      title={t("home.people")}
      about={t("home.newest")}
      asked={asked}
      none={page?.items.length === 0 && t("home.people_none")}
      action={
        <ButtonLink size="sm" to="/people">
          {t("home.people_all")}
        </ButtonLink>
      }
    >
      {page?.items.map((one) => (
        <li key={one.id}>
          <Avatar name={one.name} />
          <div className="grow">
            <p className="cut">
              <Link to="/people/$id" params={{ id: one.id }} lang={languageOf(one.name)}>
                {one.name ?? t("parts.nameless")}
              </Link>
            </p>
            <p className="meta cut" lang={languageOf(one.headline)}>
              {one.headline}
            </p>
          </div>
          <span className="meta">{format.ago(one.created_at)}</span>
        </li>
      ))}
    </Block>
  );
}

function OpenJob({ job }: { job: Job }) {
  const t = useTexts();
  const asked = useQuery(talentsForQuery(job.id, {}, 3));
  const best = asked.data?.matches[0];
  return (
    <li className={css.pair}>
      <div>
        <p className="cut">
          <Link to="/jobs/$id" params={{ id: job.id }} lang={languageOf(job.title)}>
            {job.title}
          </Link>
        </p>
        <p className="meta cut" lang={languageOf(job.company)}>
          {[job.company, job.location].filter(Boolean).join(" · ")}
        </p>
      </div>
      {best ? (
        <>
          <div>
            <p className="cut">
              <Link to="/matches" search={{ job: job.id, open: best.talent.id }} lang={languageOf(best.talent.name)}>
                {best.talent.name ?? t("parts.nameless")}
              </Link>
            </p>
            <p className="meta">{t("home.fit", { total: asked.data?.total ?? 0 })}</p>
          </div>
          <Score score={best.score} confidence={best.confidence} />
        </>
      ) : (
        <p className="meta">
          {asked.isPending ? t("home.fit_asked") : asked.isError ? t("home.fit_unknown") : t("home.fit_none")}
        </p>
      )}
    </li>
  );
}

export function Jobs() {
  const t = useTexts();
  const asked = useInfiniteQuery(jobsAsked);
  const page = asked.data?.pages[0];
  return (
    <Block
      wide
      count={page?.total}
      title={t("home.jobs")}
      about={t("home.jobs_about")}
      asked={asked}
      none={page?.items.length === 0 && t("home.jobs_none")}
      action={
        <ButtonLink size="sm" to="/jobs" search={{ status: "open" }}>
          {t("home.jobs_all")}
        </ButtonLink>
      }
    >
      {page?.items.map((job) => (
        <OpenJob key={job.id} job={job} />
      ))}
    </Block>
  );
}

export function Companies() {
  const t = useTexts();
  const asked = useInfiniteQuery(companiesAsked);
  const page = asked.data?.pages[0];
  return (
    <Block
      count={page?.total}
      title={t("home.companies")}
      about={t("home.newest")}
      asked={asked}
      none={page?.items.length === 0 && t("home.companies_none")}
      action={
        <ButtonLink size="sm" to="/companies">
          {t("home.companies_all")}
        </ButtonLink>
      }
    >
      {page?.items.map((one) => (
        <li key={one.id}>
          <div className="grow">
            <p className="cut">
              <Link to="/companies/$id" params={{ id: one.id }} lang={languageOf(one.name)}>
                {one.name}
              </Link>
            </p>
            <p className="meta cut" lang={languageOf(one.location)}>
              {one.location}
            </p>
          </div>
        </li>
      ))}
    </Block>
  );
}
