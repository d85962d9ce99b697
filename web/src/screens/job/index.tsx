/** A job: its text, what it asks for, and who fits. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { ApiError } from "@/api/client";
import { jobQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { useCrumbs } from "@/frame/crumbs";
import { Bones, Failure } from "@/parts/Feedback";
import { useLabels } from "@/screens/matches/labels";
import { Missing } from "@/screens/missing";
import { useTexts } from "@/texts";
import { Criteria } from "./Criteria";
import { EditDialog } from "./EditDialog";
import { Header } from "./Header";
import css from "./Job.module.css";
import { useLight } from "./light";
import { Paper } from "./Paper";
import { People } from "./People";
import { sentencesOf } from "./references";
import { useCriteria } from "./useCriteria";

const route = getRouteApi("/inside/jobs/$id");

function Columns({ id }: { id: string }) {
  const t = useTexts();
  const mayWrite = useMayWrite();
  const editing = useCriteria(id);
  const light = useLight();
  const { criteria } = editing;
  const sentences = useMemo(() => sentencesOf(criteria?.criteria ?? []), [criteria]);
  const labelOf = useLabels();
  const labels = new Map(criteria?.criteria.map((one) => [one.id, labelOf(one)]));
  return (
    <div className={css.columns}>
      {criteria ? (
        <>
          <section className={css.text} aria-labelledby="text">
            <div className={css.sectionHead}>
              <h2 id="text">{t("job.text")}</h2>
              <span className="meta">{t(`job.language_${criteria.language}`)}</span>
            </div>
            <Paper text={criteria.text} sentences={sentences} labels={labels} light={light} />
          </section>
          <Criteria editing={editing} sentences={sentences} light={light} mayWrite={mayWrite} />
        </>
      ) : (
        <div className={css.waiting}>
          {editing.error ? <Failure error={editing.error} onRetry={editing.retry} /> : <Bones lines={12} />}
        </div>
      )}
      <People id={id} />
    </div>
  );
}

export function Screen() {
  const t = useTexts();
  const { id } = route.useParams();
  const { edit } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMayWrite();
  const { data: job, error, refetch } = useQuery(jobQuery(id));
  useCrumbs([{ text: t("frame.jobs"), to: "/jobs" }, ...(job ? [{ text: job.title }] : [])], job?.demo);
  if (!job && error instanceof ApiError && error.status === 404) return <Missing />;
  if (!job) {
    return (
      <div className={css.waiting}>
        <h1 className="sr">{t("job.job")}</h1>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Bones lines={12} />}
      </div>
    );
  }
  const editing = (on: boolean) =>
    void navigate({ search: (was) => ({ ...was, edit: on || undefined }), replace: !on, resetScroll: false });
  return (
    <div className={css.page}>
      <Header job={job} onEdit={() => editing(true)} />
      <Columns key={id} id={id} />
      {edit && mayWrite && <EditDialog job={job} onClose={() => editing(false)} />}
    </div>
  );
}
