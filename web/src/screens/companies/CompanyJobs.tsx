/** The jobs of a company, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Company, jobsQuery } from "@/api/crm";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { State } from "@/parts/Words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./Companies.module.css";

/** Jobs that are shown here; the list of jobs shows all. */
const SHOWN = 10;

export function CompanyJobs({ company, level = 2 }: { company: Company; level?: 2 | 3 }) {
  const [t, format] = [useTexts(), useFormats()];
  const jobs = useInfiniteQuery(jobsQuery({ company_id: company.id }, SHOWN));
  const page = jobs.data?.pages[0];
  const total = page?.total ?? page?.items.length ?? 0;
  const all = total > SHOWN && (
    <Link to="/jobs" search={{ company: company.id }}>
      {t("companies.jobs_all", { count: format.number(total) })}
    </Link>
  );
  return (
    <section aria-labelledby="company-jobs">
      <SectionHead level={level} id="company-jobs" end={all || undefined}>
        {t("companies.jobs")}
      </SectionHead>
      {jobs.isPending && <Bones lines={3} />}
      {jobs.isError && <Failure error={jobs.error} onRetry={() => jobs.refetch()} />}
      {page?.items.length === 0 && <p className="meta">{t("companies.jobs_none")}</p>}
      <ul className={css.list}>
        {page?.items.map((job) => (
          <li key={job.id}>
            <Link to="/jobs/$id" params={{ id: job.id }} className={css.entry}>
              <span className={css.words}>
                <b lang={languageOf(job.title)}>{job.title}</b>
                {job.location && (
                  <span className="ink2" lang={languageOf(job.location)}>
                    {job.location}
                  </span>
                )}
              </span>
              <State tone={job.status === "open" ? "ok" : "off"}>{t(`companies.${job.status}`)}</State>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
