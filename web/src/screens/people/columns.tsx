/** The columns of the list of people. */
import { useMemo } from "react";
import type { Talent } from "@/api/crm";
import type { ListColumn } from "@/parts/List";
import { Tag } from "@/parts/Words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./People.module.css";
import { StatusState } from "./Status";

/** Some words in one cell, `most` at most; the others are counted. */
function Words({ words, most }: { words: readonly string[]; most: number }) {
  const rest = words.length - most;
  return (
    <span className={css.words} title={words.join(" · ")}>
      {words.slice(0, most).map((word) => (
        <Tag key={word}>
          <span className="cut" lang={languageOf(word)}>
            {word}
          </span>
        </Tag>
      ))}
      {rest > 0 && <span className="meta num">+{rest}</span>}
    </span>
  );
}

const Said = ({ text }: { text: string | null | undefined }) =>
  text ? (
    <span lang={languageOf(text)} title={text}>
      {text}
    </span>
  ) : null;

export function useColumns(): ListColumn<Talent>[] {
  const [t, format] = [useTexts(), useFormats()];
  return useMemo(
    () => [
      {
        id: "name",
        title: t("people.name"),
        width: "minmax(120px, 1fr)",
        sortable: true,
        cell: (one) => <Said text={one.name ?? t("parts.nameless")} />,
      },
      {
        id: "headline",
        title: t("people.headline"),
        width: "minmax(150px, 2fr)",
        sortable: true,
        cell: (one) => <Said text={one.headline} />,
      },
      {
        id: "location",
        title: t("people.location"),
        width: "minmax(84px, 1fr)",
        sortable: true,
        cell: (one) => <Said text={one.location} />,
      },
      {
        id: "years",
        title: t("people.years"),
        width: "72px",
        end: true,
        sortable: true,
        cell: (one) => (typeof one.years === "number" ? format.one(one.years) : null),
      },
      {
        id: "skills",
        title: t("people.skills"),
        width: "minmax(200px, 3fr)",
        spare: true,
        cell: (one) => <Words words={one.skills ?? []} most={3} />,
      },
      {
        id: "status",
        title: t("people.status"),
        width: "124px",
        sortable: true,
        cell: (one) => <StatusState status={one.status} />,
      },
      {
        id: "tags",
        title: t("people.tags"),
        width: "minmax(120px, 1fr)",
        spare: true,
        cell: (one) => <Words words={one.tags ?? []} most={2} />,
      },
      {
        id: "updated_at",
        title: t("people.updated"),
        width: "124px",
        sortable: true,
        largestFirst: true,
        spare: true,
        cell: (one) => (
          <time className="ink2 num" dateTime={one.updated_at} title={format.moment(one.updated_at)}>
            {format.ago(one.updated_at)}
          </time>
        ),
      },
    ],
    [t, format],
  );
}
