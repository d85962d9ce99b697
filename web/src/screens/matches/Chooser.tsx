/** Whose matches: an open job, or a person. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { jobsQuery, talentsQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { useCrumbs } from "@/frame/crumbs";
import { Button, ButtonLink } from "@/parts/Button";
import { Bones, Empty, Failure } from "@/parts/Feedback";
import { Segmented } from "@/parts/Fields";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { WordFilter } from "./Filters";
import css from "./Matches.module.css";
import { OF } from "./search";

const route = getRouteApi("/inside/matches");

/** Records that are offered at once. */
const SOME = 50;

/** The page without a job or a person. */
export function Chooser() {
  const t = useTexts();
  const mayWrite = useMayWrite();
  const { of = "jobs", q, hidden } = route.useSearch();
  const navigate = route.useNavigate();
  useCrumbs([{ text: t("frame.matches") }]);
  const ofJobs = of === "jobs";
  const shared = { placeholderData: keepPreviousData };
  const jobs = useInfiniteQuery({ ...jobsQuery({ q, status: "open" }, SOME), ...shared, enabled: ofJobs });
  const people = useInfiniteQuery({ ...talentsQuery({ q }, SOME), ...shared, enabled: !ofJobs });
  const query = ofJobs ? jobs : people;
  const rows = ofJobs
    ? (jobs.data?.pages.flatMap((page) => page.items) ?? []).map((job) => ({
        search: { job: job.id, hidden },
        id: job.id,
        name: job.title,
        more: [job.company, job.location],
      }))
    : (people.data?.pages.flatMap((page) => page.items) ?? []).map((person) => ({
        search: { talent: person.id, hidden },
        id: person.id,
        name: person.name ?? t("parts.nameless"),
        more: [person.headline, person.location],
      }));
  const find = useCallback(
    (words: string | undefined) =>
      void navigate({ search: (was) => ({ ...was, q: words }), replace: true, resetScroll: false }),
    [navigate],
  );
  return (
    <div className={css.chooser}>
      <h1>{t("matches.choose")}</h1>
      <p className="ink2">{t(ofJobs ? "matches.choose_job" : "matches.choose_person")}</p>
      <div className={css.choice}>
        <Segmented
          label={t("matches.of")}
          options={OF.map((one) => ({ id: one, text: t(`matches.of_${one}`) }))}
          value={of}
          onChange={(one) => void navigate({ search: (was) => ({ ...was, of: one, q: undefined }), replace: true })}
        />
        <WordFilter key={of} label={t(ofJobs ? "matches.find_job" : "matches.find_person")} value={q} onChange={find} />
      </div>
      {query.isPending && <Bones lines={8} />}
      {query.isError && !query.data && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <Empty
          title={
            q ? t(ofJobs ? "matches.no_job" : "matches.no_person") : t(ofJobs ? "matches.no_jobs" : "matches.no_people")
          }
          actions={
            mayWrite &&
            !q &&
            (ofJobs ? (
              <ButtonLink to="/jobs" search={{ new: true }}>
                {t("jobs.new")}
              </ButtonLink>
            ) : (
              <ButtonLink to="/upload">{t("frame.new_upload")}</ButtonLink>
            ))
          }
        >
          {q && t("matches.try_other")}
        </Empty>
      )}
      <ul className={css.choices} aria-busy={query.isPlaceholderData}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/matches" search={row.search} lang={languageOf(row.name)}>
              {row.name}
            </Link>
            <span className="ink2 cut" lang={languageOf(row.more.join(""))}>
              {row.more.filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="sm" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t("matches.show_more")}
        </Button>
      )}
    </div>
  );
}
