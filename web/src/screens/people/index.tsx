/** The people: a list that can be searched, filtered and sorted, and one of them beside it. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { type Talent, type TalentsAsked, talentQuery, talentsQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { queries } from "@/api/queries";
import { resumeQuery } from "@/api/resumes";
import { useCrumbs } from "@/frame/crumbs";
import { Button, ButtonLink } from "@/parts/Button";
import { Bones, Empty } from "@/parts/Feedback";
import { type Filter, List, sortOf } from "@/parts/List";
import { later } from "@/parts/later";
import { useTexts } from "@/texts";
import { useColumns } from "./columns";
import css from "./People.module.css";
import { type PeopleSearch, STATUSES } from "./search";

const NewPerson = later(() => import("./NewPerson").then((found) => found.NewPerson));

const FIRST = { by: "updated_at", descending: true } as const;

/** What the address asks of the server. */
function askedBy(search: PeopleSearch): TalentsAsked {
  const { q, status, location, tag, skill, years, archived } = search;
  return { q, status, location, tag, skill, years_min: years, archived, ...sortOf(search, FIRST) };
}

function useFilters(): Filter<"status" | "location" | "skill" | "tag" | "years">[] {
  const t = useTexts();
  return useMemo(
    () => [
      {
        id: "status",
        name: t("people.status"),
        kind: STATUSES.map((status) => ({ id: status, text: t(`people.status_${status}`) })),
      },
      { id: "location", name: t("people.location"), kind: "text" },
      { id: "skill", name: t("people.skill"), kind: "text" },
      { id: "tag", name: t("people.tag"), kind: "text" },
      {
        id: "years",
        name: t("people.years"),
        kind: "number",
        shown: (value) => t("list.at_least", { value }),
      },
    ],
    [t],
  );
}

/** What the panel of a person needs, before it is opened. */
function prefetch(person: Talent): void {
  void queries.prefetchQuery(talentQuery(person.id));
  if (person.resume_id) void queries.prefetchQuery(resumeQuery(person.resume_id));
}

const fetchPanel = () => import("./panel").then((found) => found.PersonPanel);

/** The panel of a person; it is fetched when the list is there, before anybody opens somebody. */
function usePanel() {
  const [panel, set] = useState<Awaited<ReturnType<typeof fetchPanel>> | null>(null);
  useEffect(() => {
    void fetchPanel().then((found) => set(() => found));
  }, []);
  return panel;
}

const Coming = () => (
  <div className={css.coming}>
    <Bones lines={8} />
  </div>
);

export function Screen() {
  const t = useTexts();
  const search = useSearch({ from: "/inside/people" });
  const navigate = useNavigate({ from: "/people" });
  const mayWrite = useMayWrite();
  const pages = useInfiniteQuery({ ...talentsQuery(askedBy(search)), placeholderData: keepPreviousData });
  const whole = useInfiniteQuery(talentsQuery({ archived: search.archived }, 1)).data?.pages[0]?.total;
  const [columns, filters, Panel] = [useColumns(), useFilters(), usePanel()];
  useCrumbs([{ text: t("people.title") }]);

  return (
    <>
      <List
        title={t("people.title")}
        counted={({ shown, all }) =>
          shown === all ? t("people.count", { all }) : t("people.count_of", { shown, all })
        }
        columns={columns}
        first={FIRST}
        filters={filters}
        search={search}
        onSearch={(change, opens) => navigate({ search: (was) => ({ ...was, ...change }), replace: !opens })}
        pages={pages}
        whole={whole}
        onOpenFull={(one) => navigate({ to: "/people/$id", params: { id: one.id } })}
        empty={
          <Empty
            title={t("people.none")}
            actions={
              mayWrite && (
                <>
                  <ButtonLink kind="primary" to="/upload">
                    {t("people.upload")}
                  </ButtonLink>
                  <Button onPress={() => navigate({ search: (was) => ({ ...was, new: true }) })}>
                    {t("people.new")}
                  </Button>
                </>
              )
            }
          >
            {t("people.none_why")}
          </Empty>
        }
        onNear={prefetch}
        panel={(beside) => (Panel ? <Panel {...beside} /> : <Coming />)}
      />
      {search.new && mayWrite && (
        <NewPerson
          onClose={() => navigate({ search: (was) => ({ ...was, new: undefined }), replace: true })}
          onCreated={(one) => navigate({ search: (was) => ({ ...was, new: undefined, open: one.id }), replace: true })}
        />
      )}
    </>
  );
}
