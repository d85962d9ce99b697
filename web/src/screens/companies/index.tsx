/** The companies: a list that can be searched, filtered and sorted, and one of them beside it. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { companiesQuery, companyQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { queries } from "@/api/queries";
import { useCrumbs } from "@/frame/crumbs";
import { Button } from "@/parts/Button";
import { Empty } from "@/parts/Feedback";
import { List, sortOf } from "@/parts/List";
import { useTexts } from "@/texts";
import { CompanyDialog } from "./CompanyDialog";
import { CompanyPanel } from "./CompanyPanel";
import { useColumns } from "./columns";
import type { CompaniesSearch } from "./search";

const FIRST = { by: "updated_at", descending: true } as const;

export function Screen() {
  const t = useTexts();
  const search = useSearch({ from: "/inside/companies" });
  const navigate = useNavigate({ from: "/companies" });
  const mayWrite = useMayWrite();
  const { q, industry, archived } = search;
  const asked = { q, industry, archived, ...sortOf(search, FIRST) };
  const pages = useInfiniteQuery({ ...companiesQuery(asked), placeholderData: keepPreviousData });
  const whole = useInfiniteQuery(companiesQuery({ archived }, 1)).data?.pages[0]?.total;
  const columns = useColumns();
  useCrumbs([{ text: t("companies.title") }]);
  const change = (told: Partial<CompaniesSearch>, opens = false) =>
    navigate({ search: (was) => ({ ...was, ...told }), replace: !opens });
  const begin = (
    <Button icon={<Plus aria-hidden />} onPress={() => change({ new: true }, true)}>
      {t("companies.new")}
    </Button>
  );

  return (
    <>
      <List
        title={t("companies.title")}
        counted={({ shown, all }) =>
          shown === all ? t("companies.count", { all }) : t("companies.count_of", { shown, all })
        }
        columns={columns}
        first={FIRST}
        filters={[{ id: "industry", name: t("companies.industry"), kind: "text" }]}
        search={search}
        onSearch={change}
        pages={pages}
        whole={whole}
        onOpenFull={(one) => navigate({ to: "/companies/$id", params: { id: one.id } })}
        onNear={(one) => void queries.prefetchQuery(companyQuery(one.id))}
        empty={
          <Empty title={t("companies.none")} actions={mayWrite && begin}>
            {t("companies.none_why")}
          </Empty>
        }
        panel={(beside) => <CompanyPanel key={beside.id} {...beside} />}
      />
      {search.new && mayWrite && (
        <CompanyDialog
          onClose={() => change({ new: undefined })}
          onDone={(company) => change({ new: undefined, open: company.id })}
        />
      )}
    </>
  );
}
