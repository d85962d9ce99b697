/** The page of a person: what is known, the résumé that says so, the jobs that fit, and what happened. */
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { ApiError } from "@/api/client";
import { type Talent, talentQuery, useArchiveTalent } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { resumeQuery } from "@/api/resumes";
import { useCrumbs } from "@/frame/crumbs";
import { Button, ButtonLink } from "@/parts/Button";
import { Bones, Empty, Failure, Note, useFaultWords } from "@/parts/Feedback";
import { Tab, Tabs } from "@/parts/Layout";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { fieldsOf, isUncertain } from "./fields";
import { Header } from "./Header";
import { History } from "./History";
import { Matches } from "./Matches";
import { Overview } from "./Overview";
import css from "./Person.module.css";
import { Resume } from "./resume";
import { Side } from "./Side";
import { TABS } from "./search";

function useResume(talent: Talent) {
  const query = useQuery({ ...resumeQuery(talent.resume_id ?? ""), enabled: Boolean(talent.resume_id) });
  const parsed = query.data?.parsed ?? null;
  const uncertain = useMemo(() => (parsed ? fieldsOf(parsed).filter(isUncertain).length : 0), [parsed]);
  return { ...query, parsed, uncertain };
}

function NoResume() {
  const t = useTexts();
  return (
    <Empty
      title={t("person.no_resume")}
      actions={useMayWrite() && <ButtonLink to="/upload">{t("person.to_upload")}</ButtonLink>}
    >
      {t("person.no_resume_why")}
    </Empty>
  );
}

function Archived({ talent }: { talent: Talent }) {
  const t = useTexts();
  const words = useFaultWords();
  const mayWrite = useMayWrite();
  const archive = useArchiveTalent();
  // by its promise: when the person is back, this notice is gone, and its callbacks with it
  const restore = () =>
    archive
      .mutateAsync({ id: talent.id, restore: true })
      .then(() => toast({ text: t("person.was_restored", { name: talent.name ?? t("parts.nameless") }) }))
      .catch((error: unknown) => toast({ text: words(error), tone: "bad" }));
  return (
    <div className={css.archived}>
      <Note
        actions={
          mayWrite && (
            <Button size="sm" onPress={restore} isPending={archive.isPending}>
              {t("person.restore")}
            </Button>
          )
        }
      >
        {t("person.is_archived")}
      </Note>
    </div>
  );
}

/** The button that archives or restores goes away when it has done so; reading goes on where it stood. */
function useFocusKept(archived: boolean) {
  const page = useRef<HTMLDivElement>(null);
  const before = useRef(archived);
  useEffect(() => {
    if (before.current === archived) return;
    before.current = archived;
    if (document.activeElement === document.body) page.current?.focus({ preventScroll: true });
  }, [archived]);
  return page;
}

function Person({ talent }: { talent: Talent }) {
  const t = useTexts();
  const { tab = "overview" } = useSearch({ from: "/inside/people/$id" });
  const resume = useResume(talent);
  const page = useFocusKept(talent.archived);
  const name = talent.name ?? t("parts.nameless");

  function show() {
    if (tab === "history") return <History talent={talent.id} />;
    if (tab !== "overview" && !talent.resume_id) return <NoResume />;
    if (tab === "matches") return <Matches talent={talent.id} />;
    if (resume.error) return <Failure error={resume.error} onRetry={() => void resume.refetch()} />;
    if (talent.resume_id && !resume.data) return <Bones lines={12} />;
    if (tab === "resume" && resume.data) return <Resume resume={resume.data} />;
    return (
      <>
        <Overview talent={talent} parsed={resume.parsed} />
        {!talent.resume_id && <NoResume />}
      </>
    );
  }

  return (
    <div className={css.person} ref={page} tabIndex={-1}>
      <Header talent={talent} uncertain={resume.uncertain} />
      <div className={css.tabs}>
        <Tabs label={t("person.tabs", { name })}>
          {TABS.map((one) => (
            <Tab
              key={one}
              from="/people/$id"
              to="/people/$id"
              current={one === tab}
              search={one === "overview" ? {} : { tab: one }}
              resetScroll={false}
            >
              {t(`person.tab_${one}`)}
            </Tab>
          ))}
        </Tabs>
      </div>
      {talent.archived && <Archived talent={talent} />}
      <div className={css.body} data-tab={tab}>
        <div className={tab === "resume" && resume.data ? css.whole : css.content}>{show()}</div>
        {(tab === "overview" || tab === "resume") && <Side talent={talent} />}
      </div>
    </div>
  );
}

export function Screen() {
  const t = useTexts();
  const { id } = useParams({ from: "/inside/people/$id" });
  const { data, error, isPending, refetch } = useQuery(talentQuery(id));
  const own = data ? [{ text: data.name ?? t("parts.nameless") }] : [];
  useCrumbs([{ text: t("frame.people"), to: "/people" }, ...own], data?.demo);
  if (isPending) return <Bones lines={12} />;
  if (data) return <Person key={data.id} talent={data} />;
  if (error instanceof ApiError && error.status === 404) {
    return (
      <>
        <h1 className="sr">{t("frame.people")}</h1>
        <Empty title={t("person.missing")} actions={<ButtonLink to="/people">{t("person.to_people")}</ButtonLink>}>
          {t("person.missing_why")}
        </Empty>
      </>
    );
  }
  return <Failure error={error} onRetry={() => void refetch()} />;
}
