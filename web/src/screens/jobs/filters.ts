/** What the list of jobs can be filtered by. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { companiesQuery, companyQuery } from "@/api/crm";
import type { Filter } from "@/parts/List";
import { useTexts } from "@/texts";
import { STATUSES } from "./search";

/** `company` is the id of the company that is chosen now: it may stand beyond those that are offered. */
export function useFilters(company: string | undefined): Filter<"status" | "location" | "company">[] {
  const t = useTexts();
  const { data } = useInfiniteQuery(companiesQuery({ sort: "name", descending: false }));
  const { data: chosen } = useQuery({ ...companyQuery(company ?? ""), enabled: company !== undefined });
  return useMemo(() => {
    const known = data?.pages[0]?.items ?? [];
    const all = chosen && !known.some((one) => one.id === chosen.id) ? [chosen, ...known] : known;
    return [
      {
        id: "status",
        name: t("jobs.status"),
        kind: STATUSES.map((status) => ({ id: status, text: t(`jobs.status_${status}`) })),
      },
      { id: "company", name: t("jobs.company"), kind: all.map((one) => ({ id: one.id, text: one.name })) },
      { id: "location", name: t("jobs.location"), kind: "text" },
    ];
  }, [t, data, chosen]);
}
