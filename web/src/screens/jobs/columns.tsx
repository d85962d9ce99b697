/** The columns of the list of jobs. */
import { useMemo } from "react";
import type { Job } from "@/api/crm";
import type { ListColumn } from "@/parts/List";
import { State } from "@/parts/Words";
import { Said, Since } from "@/screens/companies/columns";
import { useTexts } from "@/texts";

export function useColumns(): ListColumn<Job>[] {
  const t = useTexts();
  return useMemo(
    () => [
      {
        id: "title",
        title: t("jobs.name"),
        width: "minmax(160px, 2.5fr)",
        sortable: true,
        cell: (one) => <Said text={one.title} />,
      },
      {
        id: "company",
        title: t("jobs.company"),
        width: "minmax(110px, 1.5fr)",
        sortable: true,
        cell: (one) => <Said text={one.company} />,
      },
      {
        id: "location",
        title: t("jobs.location"),
        width: "minmax(84px, 1fr)",
        sortable: true,
        cell: (one) => <Said text={one.location} />,
      },
      {
        id: "status",
        title: t("jobs.status"),
        width: "108px",
        sortable: true,
        cell: (one) => <State tone={one.status === "open" ? "ok" : "off"}>{t(`jobs.status_${one.status}`)}</State>,
      },
      {
        id: "updated_at",
        title: t("jobs.changed"),
        width: "116px",
        sortable: true,
        largestFirst: true,
        spare: true,
        cell: (one) => <Since moment={one.updated_at} />,
      },
      {
        id: "created_at",
        title: t("jobs.added"),
        width: "116px",
        sortable: true,
        largestFirst: true,
        spare: true,
        cell: (one) => <Since moment={one.created_at} />,
      },
    ],
    [t],
  );
}
