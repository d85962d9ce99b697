/** The head of a job: what it is, where it stands, what can be done with it. */
import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import { type Job, useArchiveJob, useChangeJob } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { Button, ButtonLink } from "@/parts/Button";
import { useFaultWords } from "@/parts/Feedback";
import { Action, Menu } from "@/parts/Menu";
import { State } from "@/parts/Words";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./Job.module.css";

/** Closing, opening, archiving and restoring, each with its way back. */
function useActs(job: Job) {
  const t = useTexts();
  const words = useFaultWords();
  const [change, archive] = [useChangeJob(), useArchiveJob()];
  const told = (error: unknown) => toast({ text: words(error), tone: "bad" });

  async function setStatus(status: Job["status"]) {
    const before = job.status;
    try {
      await change.mutateAsync({ id: job.id, version: job.version, status });
      toast({
        text: t(status === "open" ? "job.opened_again" : "job.now_closed", { title: job.title }),
        undo: () => change.mutateAsync({ id: job.id, status: before }), // whatever else was changed meanwhile
      });
    } catch (error) {
      told(error);
    }
  }

  async function putAway(restore: boolean) {
    try {
      await archive.mutateAsync({ id: job.id, restore });
      toast({
        text: t(restore ? "job.restored" : "job.archived", { title: job.title }),
        undo: () => archive.mutateAsync({ id: job.id, restore: !restore }),
      });
    } catch (error) {
      told(error);
    }
  }
  return { setStatus, putAway };
}

/** The head; `onEdit` opens the text to be written anew. */
export function Header({ job, onEdit }: { job: Job; onEdit: () => void }) {
  const [t, format] = [useTexts(), useFormats()];
  const mayWrite = useMayWrite();
  const { setStatus, putAway } = useActs(job);
  const open = job.status === "open";
  return (
    <header className={css.header}>
      <div className={css.headRow}>
        <div className={css.names}>
          <h1 lang={languageOf(job.title)}>{job.title}</h1>
          <span className="ink2" lang={languageOf(`${job.company} ${job.location}`)}>
            {job.company_id ? (
              <Link to="/companies/$id" params={{ id: job.company_id }}>
                {job.company}
              </Link>
            ) : (
              job.company
            )}
            {job.company && job.location && " · "}
            {job.location}
          </span>
          {job.archived ? (
            <State tone="off" boxed>
              {t("job.status_archived")}
            </State>
          ) : (
            <State tone={open ? "ok" : "off"}>{t(`job.status_${job.status}`)}</State>
          )}
        </div>
        <div className={css.acts}>
          {mayWrite && (
            <>
              <Menu
                label={t("job.more")}
                button={<Button aria-label={t("job.more")} icon={<Ellipsis aria-hidden />} />}
              >
                {!job.archived && (
                  <Action
                    id="status"
                    text={t(open ? "job.close" : "job.open")}
                    onAction={() => void setStatus(open ? "closed" : "open")}
                  />
                )}
                <Action
                  id="archive"
                  text={t(job.archived ? "job.restore" : "job.archive")}
                  onAction={() => void putAway(job.archived)}
                />
              </Menu>
              <Button onPress={onEdit}>{t("job.edit_text")}</Button>
            </>
          )}
          <ButtonLink kind="primary" to="/matches" search={{ job: job.id }}>
            {t("job.all_matches")}
          </ButtonLink>
        </div>
      </div>
      <p className="meta">
        {t("job.opened", { day: format.day(job.created_at) })}
        {job.updated_at !== job.created_at && ` · ${t("job.changed", { ago: format.ago(job.updated_at) })}`}
      </p>
    </header>
  );
}
