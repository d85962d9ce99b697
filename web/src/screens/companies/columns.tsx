/** The columns of the list of companies. */
import { useMemo } from "react";
import type { Company } from "@/api/crm";
import type { ListColumn } from "@/parts/List";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { safeAddress } from "./fields";

/** A text in a cell; whole on hover. */
export const Said = ({ text }: { text: string | null | undefined }) =>
  text ? (
    <span lang={languageOf(text)} title={text}>
      {text}
    </span>
  ) : null;

/** A moment in a cell: how long ago; exactly on hover. */
export function Since({ moment }: { moment: string }) {
  const format = useFormats();
  return (
    <time className="ink2 num" dateTime={moment} title={format.moment(moment)}>
      {format.ago(moment)}
    </time>
  );
}

const hostOf = (website: string | null | undefined) => {
  const address = safeAddress(website);
  return address ? new URL(address).hostname.replace(/^www\./, "") : website;
};

export function useColumns(): ListColumn<Company>[] {
  const t = useTexts();
  return useMemo(
    () => [
      {
        id: "name",
        title: t("companies.name"),
        width: "minmax(140px, 2fr)",
        sortable: true,
        cell: (one) => <Said text={one.name} />,
      },
      {
        id: "industry",
        title: t("companies.industry"),
        width: "minmax(110px, 1.5fr)",
        sortable: true,
        cell: (one) => <Said text={one.industry} />,
      },
      {
        id: "location",
        title: t("companies.location"),
        width: "minmax(90px, 1fr)",
        sortable: true,
        cell: (one) => <Said text={one.location} />,
      },
      { id: "size", title: t("companies.size"), width: "110px", cell: (one) => <Said text={one.size} /> },
      {
        id: "website",
        title: t("companies.website"),
        width: "minmax(140px, 1.5fr)",
        spare: true,
        cell: (one) => <Said text={hostOf(one.website)} />,
      },
      {
        id: "updated_at",
        title: t("companies.changed"),
        width: "116px",
        sortable: true,
        largestFirst: true,
        spare: true,
        cell: (one) => <Since moment={one.updated_at} />,
      },
      {
        id: "created_at",
        title: t("companies.added"),
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
