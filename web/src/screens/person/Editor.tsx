/** The dialog that changes a person. Nothing that was entered is lost when somebody else was faster. */
import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ApiError } from "@/api/client";
import { type Talent, talentQuery, useChangeTalent } from "@/api/crm";
import { queries } from "@/api/queries";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Note, useFaultWords } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { Select } from "@/parts/Select";
import { STATUSES } from "@/screens/people/search";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { CONTACT_KINDS, type Contact, changesOf, type Draft, differing, draftOf, undoOf } from "./draft";
import css from "./Editor.module.css";
import { usePersonWords } from "./words";

/** Where a fault can be shown. */
const PLACES = /^(?:name|headline|location|tags|note|contacts\.\d+\.value)$/;

/** The words for what is wrong with one field, by its name; the server tells single tags by their numbers. */
function faultsOf(error: unknown): Record<string, string> {
  const problems = error instanceof ApiError && Array.isArray(error.details.problems) ? error.details.problems : [];
  const named = (problems as { field?: string; message?: string }[]).map(({ field = "", message = "" }) => [
    field.replace(/^tags\.\d+$/, "tags"),
    message,
  ]);
  return Object.fromEntries(named.filter(([field]) => PLACES.test(field!)));
}

/** The number of a contact as it is sent: blank ones are not. */
const sentAs = (contacts: Contact[], number: number) =>
  contacts.slice(0, number).filter((contact) => contact.value.trim() !== "").length;

interface ContactsProps {
  contacts: Contact[];
  faults: Record<string, string>;
  onChange: (contacts: Contact[]) => void;
}

function Contacts({ contacts, faults, onChange }: ContactsProps) {
  const t = useTexts();
  const put = (number: number, change: Partial<Contact>) =>
    onChange(contacts.map((one, index) => (index === number ? { ...one, ...change } : one)));
  if (contacts.some((contact) => contact.masked)) return <p className="meta">{t("person.contacts_hidden")}</p>;
  return (
    <fieldset className={css.contacts}>
      <legend>{t("person.contacts")}</legend>
      {contacts.map((contact, number) => (
        <div key={number} className={css.contact}>
          <Select
            bare
            label={t("person.contact_kind", { number: number + 1 })}
            options={CONTACT_KINDS.map((id) => ({ id, text: t(`person.fact_${id}`) }))}
            value={contact.kind}
            onChange={(kind) => put(number, { kind })}
          />
          <TextField
            bare
            label={t("person.contact_value", { number: number + 1 })}
            value={contact.value}
            onChange={(value) => put(number, { value })}
            fault={faults[`contacts.${sentAs(contacts, number)}.value`] && t(`person.bad_${contact.kind}`)}
          />
          <Button
            kind="quiet"
            icon={<X aria-hidden />}
            aria-label={t("person.remove_contact", { number: number + 1 })}
            onPress={() => onChange(contacts.filter((_, index) => index !== number))}
          />
        </div>
      ))}
      <Button
        size="sm"
        icon={<Plus aria-hidden />}
        onPress={() => onChange([...contacts, { kind: "email", value: "" }])}
      >
        {t("person.add_contact")}
      </Button>
    </fieldset>
  );
}

export function Editor({ talent: now, onClose }: { talent: Talent; onClose: () => void }) {
  const [talent] = useState(now); // as it was opened: what others save meanwhile must not look like a change made here
  const [t, words, form, { list }] = [useTexts(), useFaultWords(), useId(), usePersonWords()];
  const change = useChangeTalent();
  const [base, rebase] = useState(talent);
  const [draft, write] = useState<Draft>(() => draftOf(talent));
  const [foreign, tell] = useState<string[] | null>(null);
  const put = (part: Partial<Draft>) => write((was) => ({ ...was, ...part }));
  const changes = changesOf(talent, draft);
  const faults = faultsOf(change.error);
  const conflict = change.error instanceof ApiError && change.error.code === "crm.version_conflict";

  async function save(event: FormEvent) {
    event.preventDefault();
    try {
      await change.mutateAsync({ id: talent.id, version: base.version, ...changes });
      const back = undoOf(base, changes);
      toast({
        text: t("person.saved"),
        undo: () => change.mutateAsync({ id: talent.id, ...back }),
      });
      onClose();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "crm.version_conflict") return;
      const theirs = await queries.fetchQuery({ ...talentQuery(talent.id), staleTime: 0 }).catch(() => null);
      if (!theirs) return;
      tell(differing(base, theirs).map((field) => t(`person.field_${field}`)));
      rebase(theirs); // the next press goes on from their version, with what was changed here alone
    }
  }

  const elsewhere = conflict ? foreign === null : Object.keys(faults).length === 0;
  const fault = change.isError && elsewhere ? words(change.error) : null;
  return (
    <Dialog
      wide
      isOpen
      onClose={onClose}
      title={t("person.edit_title", { name: talent.name ?? t("parts.nameless") })}
      foot={
        <>
          <Button onPress={onClose}>{t("person.cancel")}</Button>
          <Button
            kind="primary"
            type="submit"
            form={form}
            isPending={change.isPending}
            isDisabled={Object.keys(changes).length === 0}
          >
            {conflict ? t("person.save_anyway") : t("person.save")}
          </Button>
        </>
      }
    >
      <div role="alert">
        {conflict && foreign && (
          <Note tone="warn">{t("person.conflict", { count: foreign.length, fields: list(foreign) })}</Note>
        )}
        {fault && <Note tone="bad">{fault}</Note>}
      </div>
      <form id={form} className={css.form} onSubmit={save}>
        <TextField
          label={t("person.field_name")}
          value={draft.name}
          onChange={(name) => put({ name })}
          fault={faults.name}
          autoFocus
        />
        <TextField
          label={t("person.field_headline")}
          value={draft.headline}
          onChange={(headline) => put({ headline })}
          fault={faults.headline}
        />
        <TextField
          label={t("person.field_location")}
          value={draft.location}
          onChange={(location) => put({ location })}
          fault={faults.location}
        />
        <Select
          label={t("person.status")}
          options={STATUSES.map((id) => ({ id, text: t(`person.status_${id}`) }))}
          value={draft.status}
          onChange={(status) => put({ status })}
        />
        <div className={css.whole}>
          <Contacts contacts={draft.contacts} faults={faults} onChange={(contacts) => put({ contacts })} />
        </div>
        <div className={css.whole}>
          <TextField
            label={t("person.field_tags")}
            hint={t("person.tags_hint")}
            value={draft.tags}
            onChange={(tags) => put({ tags })}
            fault={faults.tags}
          />
        </div>
        <div className={css.whole}>
          <TextField
            label={t("person.field_note")}
            rows={4}
            value={draft.note}
            onChange={(note) => put({ note })}
            fault={faults.note}
          />
        </div>
      </form>
    </Dialog>
  );
}
