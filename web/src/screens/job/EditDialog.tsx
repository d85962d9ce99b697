/** The text of a job and what stands over it, to be written anew. What was written is never lost to a conflict. */
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import { type Job, jobQuery, useChangeJob } from "@/api/crm";
import { queries } from "@/api/queries";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Failure, Note } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { changedOf, type Draft, draftOf, elsewhere, FIELDS } from "./drafts";
import css from "./Job.module.css";

/** The dialog; it is made anew each time it opens. */
export function EditDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const t = useTexts();
  const [base, rebase] = useState(job);
  const [draft, write] = useState<Draft>(() => draftOf(job));
  const [theirs, see] = useState<Job | null>(null);
  const change = useChangeJob();
  const changed = changedOf(base, draft);
  const conflict = change.error instanceof ApiError && change.error.status === 409;
  const different = theirs ? elsewhere(base, theirs) : [];

  /** What somebody else has left; null while it cannot be looked at. */
  async function look() {
    see(await queries.fetchQuery({ ...jobQuery(job.id), staleTime: 0 }).catch(() => null));
  }

  async function save(over: Job) {
    try {
      await change.mutateAsync({ id: job.id, version: over.version, ...changed });
      toast({ text: t("job.text_saved") });
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) await look();
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.title.trim() === "") return;
    if (Object.keys(changed).length === 0) onClose();
    else void save(base);
  }

  /** Their words into the fields that they changed; what was written in the others stays. */
  function takeTheirs(now: Job) {
    const words = draftOf(now);
    write({ ...draft, ...Object.fromEntries(different.map((field) => [field, words[field]])) });
    rebase(now);
    see(null);
    change.reset();
  }

  return (
    <Dialog
      title={t("job.edit_text")}
      isOpen
      wide
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("job.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form="edit-job"
            isPending={change.isPending}
            isDisabled={draft.title.trim() === "" || conflict}
          >
            {t("job.save_text")}
          </Button>
        </>
      }
    >
      <form id="edit-job" className={css.form} onSubmit={submit}>
        {change.isError && !conflict && <Failure error={change.error} />}
        {conflict && (
          <div role="alert">
            <Note
              tone="warn"
              actions={
                theirs ? (
                  <>
                    <Button size="sm" onPress={() => void save(theirs)}>
                      {t("job.save_mine_over")}
                    </Button>
                    <Button size="sm" onPress={() => takeTheirs(theirs)}>
                      {t("job.take_theirs")}
                    </Button>
                  </>
                ) : (
                  <Button size="sm" onPress={() => void look()}>
                    {t("parts.retry")}
                  </Button>
                )
              }
            >
              <p>{t("job.conflict")}</p>
              {theirs && different.length === 0 && <p className="meta">{t("job.conflict_elsewhere")}</p>}
              {theirs && different.length > 0 && (
                <dl className={css.theirs}>
                  {different.map((field) => (
                    <div key={field}>
                      <dt>{t(`job.field_${field}`)}</dt>
                      <dd>{draftOf(theirs)[field] || "–"}</dd>
                    </div>
                  ))}
                </dl>
              )}
            </Note>
          </div>
        )}
        {FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`job.field_${field}`)}
            value={draft[field]}
            onChange={(value) => write({ ...draft, [field]: value })}
            isRequired={field === "title"}
            autoFocus={field === "title"}
            rows={field === "description" ? 14 : undefined}
            maxLength={field === "description" ? 50_000 : 200}
            fault={field === "title" && draft.title.trim() === "" ? t("job.title_needed") : null}
          />
        ))}
        <p className="meta">{t("job.edit_note")}</p>
      </form>
    </Dialog>
  );
}
