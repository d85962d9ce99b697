/** A new job: its text, and at once what the text asks for. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ApiError } from "@/api/client";
import { type Job, useCreateJob } from "@/api/crm";
import { useMe } from "@/api/me";
import { readingQuery } from "@/api/reading";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Failure, useFaultWords } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { useRested } from "@/state/rested";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { demandsOf } from "./asked";
import { CompanyField } from "./CompanyField";
import { Demands } from "./Demands";
import css from "./Jobs.module.css";

const EMPTY = { title: "", company: "", location: "", description: "" };
type Draft = typeof EMPTY;

/** What somebody wrote and did not send; it outlives the dialog, so that a press beside it loses nothing. */
let kept = { by: "", draft: EMPTY };

/** How long writing rests before the text is read. */
const REST_MS = 600;

function Reading({ draft }: { draft: Draft }) {
  const t = useTexts();
  const words = useFaultWords();
  const heading = useId();
  const { title, description, location } = useRested(draft, REST_MS);
  const text = { title, description, location: location.trim() || null };
  const { data, error, isFetching } = useQuery({ ...readingQuery(text), placeholderData: keepPreviousData });
  if (!title.trim() || !description.trim()) return null;
  const some = data && (demandsOf(data.criteria, "must").length > 0 || demandsOf(data.criteria, "nice").length > 0);
  const unread = isFetching ? t("jobs.reading") : error ? words(error) : t("jobs.reads_nothing");
  return (
    <section aria-labelledby={heading} className={css.reading} aria-busy={isFetching}>
      <h3 id={heading}>{t("jobs.reads")}</h3>
      <div aria-live="polite">
        {some && <Demands criteria={data.criteria} />}
        {!some && <p className="meta">{unread}</p>}
      </div>
    </section>
  );
}

function faultsOf(error: unknown): Partial<Record<keyof Draft, string>> {
  const problems = error instanceof ApiError ? error.details.problems : undefined;
  const told = (problems ?? []) as { field: keyof Draft; message: string }[];
  return Object.fromEntries(told.filter(({ field }) => field in EMPTY).map(({ field, message }) => [field, message]));
}

export function NewJob({ onClose, onDone }: { onClose: () => void; onDone: (job: Job) => void }) {
  const t = useTexts();
  const form = useId();
  const { id: by } = useMe();
  const [draft, write] = useState(kept.by === by ? kept.draft : EMPTY);
  const [nameless, blame] = useState(false);
  const create = useCreateJob();
  const faults = faultsOf(create.error);
  if (nameless) faults.title = t("jobs.name_missing");

  function put(change: Partial<Draft>) {
    kept = { by, draft: { ...draft, ...change } };
    write(kept.draft);
    blame(false);
  }

  function close() {
    if (Object.values(draft).some((value) => value.trim())) toast({ text: t("jobs.draft_kept") });
    onClose();
  }

  const empty = () => {
    kept = { by, draft: EMPTY };
  };

  function cancel() {
    empty();
    onClose();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const title = draft.title.trim();
    blame(title === "");
    if (title === "" || create.isPending) return;
    const told = {
      title,
      description: draft.description.trim(),
      company: draft.company.trim() || null,
      location: draft.location.trim() || null,
    };
    try {
      const job = await create.mutateAsync(told, { onSuccess: onDone }); // nothing is opened when this was closed by then
      empty(); // but the draft has become a job all the same
      toast({ text: t("jobs.created", { title: job.title }) });
    } catch {
      // stands in the form
    }
  }

  return (
    <Dialog
      title={t("jobs.new")}
      isOpen
      wide
      onClose={close}
      foot={
        <>
          <Button onPress={cancel}>{t("jobs.cancel")}</Button>
          <Button kind="primary" type="submit" form={form} isPending={create.isPending}>
            {t("jobs.create")}
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={submit} noValidate>
        {create.error && Object.keys(faults).length === 0 && <Failure error={create.error} />}
        <TextField
          label={t("jobs.name")}
          value={draft.title}
          onChange={(title) => put({ title })}
          fault={faults.title}
          maxLength={200}
          autoFocus
        />
        <div className={css.pair}>
          <CompanyField
            label={t("jobs.company")}
            hint={t("jobs.company_hint")}
            value={draft.company}
            onChange={(company) => put({ company })}
            fault={faults.company}
          />
          <TextField
            label={t("jobs.location")}
            value={draft.location}
            onChange={(location) => put({ location })}
            fault={faults.location}
            maxLength={200}
          />
        </div>
        <TextField
          label={t("jobs.description")}
          hint={t("jobs.description_hint")}
          value={draft.description}
          onChange={(description) => put({ description })}
          fault={faults.description}
          rows={11}
        />
        <Reading draft={draft} />
      </form>
    </Dialog>
  );
}
