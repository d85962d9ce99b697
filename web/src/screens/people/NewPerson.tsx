/** The dialog that enters a person by hand and opens them. */
import { type FormEvent, useState } from "react";
import { type Talent, useCreateTalent } from "@/api/crm";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Note, useFaultWords } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { Select } from "@/parts/Select";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { type Faults, type Field, faultsOf } from "./faults";
import css from "./People.module.css";
import type { Status } from "./Status";
import { STATUSES } from "./search";

const FORM = "new-person";

interface NewPersonProps {
  onClose: () => void;
  onCreated: (person: Talent) => void;
}

type Entry = Record<Exclude<Field, "status">, string>;
const NOTHING: Entry = { name: "", headline: "", location: "", email: "", phone: "" };

export function NewPerson({ onClose, onCreated }: NewPersonProps) {
  const t = useTexts();
  const words = useFaultWords();
  const create = useCreateTalent();
  const [entry, enter] = useState(NOTHING);
  const [status, choose] = useState<Status>("active");
  const [faults, fault] = useState<Faults>({});
  const told = (field: keyof Entry) => entry[field].trim() || null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (create.isPending) return;
    if (told("name") === null) return fault({ name: t("people.name_missing") });
    const kinds = (["email", "phone"] as const).filter((kind) => told(kind) !== null);
    const contacts = kinds.map((kind) => ({ kind, value: entry[kind].trim() }));
    try {
      fault({});
      const person = await create.mutateAsync({
        name: told("name"),
        headline: told("headline"),
        location: told("location"),
        contacts,
        status,
      });
      toast({ text: t("people.created", { name: entry.name.trim() }) });
      onCreated(person);
    } catch (error) {
      fault(faultsOf(error, kinds, t));
    }
  }

  const line = (field: keyof Entry) => ({
    label: t(`people.${field}`),
    value: entry[field],
    onChange: (value: string) => {
      enter({ ...entry, [field]: value });
      fault({ ...faults, [field]: undefined });
    },
    fault: faults[field],
    autoComplete: "off",
  });
  const elsewhere = create.isError && !Object.values(faults).some(Boolean);
  return (
    <Dialog
      title={t("people.new")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("people.cancel")}</Button>
          <Button kind="primary" type="submit" form={FORM} isPending={create.isPending}>
            {t("people.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} className={css.form} onSubmit={submit} noValidate>
        {elsewhere && (
          <div role="alert">
            <Note tone="bad">{words(create.error)}</Note>
          </div>
        )}
        <TextField {...line("name")} maxLength={200} isRequired autoFocus />
        <TextField {...line("headline")} maxLength={300} />
        <TextField {...line("location")} maxLength={200} />
        <TextField {...line("email")} type="email" maxLength={320} />
        <TextField {...line("phone")} type="tel" maxLength={40} />
        <Select
          label={t("people.status")}
          options={STATUSES.map((id) => ({ id, text: t(`people.status_${id}`) }))}
          value={status}
          onChange={choose}
        />
      </form>
    </Dialog>
  );
}
