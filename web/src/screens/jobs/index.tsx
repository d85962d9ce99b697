/** The jobs: a list that can be searched, filtered and sorted, and one of them beside it. */

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { jobQuery, jobsQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { queries } from "@/api/queries";
import { useCrumbs } from "@/frame/crumbs";
import { Button } from "@/parts/Button";
import { Empty } from "@/parts/Feedback";
import { List, sortOf } from "@/parts/List";
import { later } from "@/parts/later";
import { useTexts } from "@/texts";
import { useColumns } from "./columns";
import { useFilters } from "./filters";
import { JobPanel } from "./JobPanel";
import type { JobsSearch } from "./search";

const NewJob = later(() => import("./NewJob").then((found) => found.NewJob));

const FIRST = { by: "updated_at", descending: true } as const;

export function Screen() {
  const t = useTexts();
  const search = useSearch({ from: "/inside/jobs" });
  const navigate = useNavigate({ from: "/jobs" });
  const mayWrite = useMayWrite();
  const { q, status, location, company, archived } = search;
  const asked = { q, status, location, company_id: company, archived, ...sortOf(search, FIRST) };
  const pages = useInfiniteQuery({ ...jobsQuery(asked), placeholderData: keepPreviousData });
  const whole = useInfiniteQuery(jobsQuery({ archived }, 1)).data?.pages[0]?.total;
  const [columns, filters] = [useColumns(), useFilters(company)];
  useCrumbs([{ text: t("jobs.title") }]);
  const change = (told: Partial<JobsSearch>, opens = false) =>
    navigate({ search: (was) => ({ ...was, ...told }), replace: !opens });
  const begin = (
    <Button icon={<Plus aria-hidden />} onPress={() => change({ new: true }, true)}>
      {t("jobs.new")}
    </Button>
  );

  return (
    <>
      <List
        title={t("jobs.title")}
        counted={({ shown, all }) => (shown === all ? t("jobs.count", { all }) : t("jobs.count_of", { shown, all }))}
        columns={columns}
        first={FIRST}
        filters={filters}
        search={search}
        onSearch={change}
        pages={pages}
        whole={whole}
        onOpenFull={(one) => navigate({ to: "/jobs/$id", params: { id: one.id } })}
        onNear={(one) => void queries.prefetchQuery(jobQuery(one.id))}
        empty={
          <Empty title={t("jobs.none")} actions={mayWrite && begin}>
            {t("jobs.none_why")}
          </Empty>
        }
        panel={(beside) => <JobPanel key={beside.id} {...beside} />}
      />
      {search.new && mayWrite && (
        <NewJob onClose={() => change({ new: undefined })} onDone={(job) => change({ new: undefined, open: job.id })} />
      )}
    </>
  );
}
