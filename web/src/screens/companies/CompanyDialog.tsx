/** A company to be created or changed. */
import { type FormEvent, useId, useState } from "react";
import { ApiError } from "@/api/client";
import { type Company, companyQuery, useChangeCompany, useCreateCompany } from "@/api/crm";
import { queries } from "@/api/queries";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Failure, Note } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { toast } from "@/state/toasts";
import { type Texts, useTexts } from "@/texts";
import css from "./Companies.module.css";
import { changesOf, FIELDS, type Field, type Filled, filled } from "./fields";

type Faults = Partial<Record<Field, string>>;

/** What is wrong with the fields. */
function faultsOf(error: unknown, t: Texts): Faults {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "crm.company_exists") return { name: t("companies.name_taken") };
  const problems = (error.details.problems ?? []) as { field: Field; message: string }[];
  const placed = problems.filter(({ field }) => FIELDS.includes(field));
  return Object.fromEntries(placed.map(({ field, message }) => [field, message]));
}

const isConflict = (error: unknown) => error instanceof ApiError && error.code === "crm.version_conflict";

/** What was filled in, and how it is kept: a new company, or changes to one that may have been changed meanwhile. */
function useFilling(company: Company | undefined, onDone: (company: Company) => void) {
  const [base, setBase] = useState(company);
  const [now, fill] = useState<Filled>(() => filled(company));
  const [looking, look] = useState(false);
  const [unseen, fail] = useState<unknown>(null);
  const create = useCreateCompany();
  const change = useChangeCompany();
  const using = base ? change : create;

  function save(over: Company | undefined = base) {
    if (!base || !over) {
      const told = Object.fromEntries(Object.entries(now).map(([field, value]) => [field, value.trim() || null]));
      create.mutate({ ...told, name: now.name.trim() }, { onSuccess: onDone });
      return;
    }
    const changes = changesOf(base, now);
    if (Object.keys(changes).length === 0) return onDone(base);
    change.mutate({ id: base.id, version: over.version, ...changes }, { onSuccess: onDone });
  }

  /** Go on from what the company is now; where that cannot be looked at, all stays and the reason is told. */
  async function goOn(act: (theirs: Company) => void) {
    if (looking || using.isPending) return;
    look(true);
    fail(null);
    try {
      act(await queries.fetchQuery({ ...companyQuery(base!.id), staleTime: 0 }));
    } catch (error) {
      fail(error);
    } finally {
      look(false);
    }
  }
  return {
    now,
    put: (field: Field, value: string) => fill({ ...now, [field]: value }),
    save: () => save(),
    saveOver: () => goOn(save),
    showTheirs: () =>
      goOn((theirs) => {
        setBase(theirs);
        fill(filled(theirs));
        change.reset();
      }),
    error: using.error,
    /** Why the company could not be looked at. */
    unseen,
    isPending: using.isPending || looking,
  };
}

interface DialogProps {
  /** The company to change; a new one without. */
  company?: Company;
  onClose: () => void;
  onDone?: (company: Company) => void;
}

export function CompanyDialog({ company, onClose, onDone }: DialogProps) {
  const t = useTexts();
  const form = useId();
  const [nameless, blame] = useState(false);
  const filling = useFilling(company, (done) => {
    toast({ text: t(company ? "companies.saved" : "companies.created", { name: done.name }) });
    onClose();
    onDone?.(done);
  });
  const conflict = isConflict(filling.error);
  const faults = faultsOf(filling.error, t);
  if (nameless) faults.name = t("companies.name_missing");

  function submit(event: FormEvent) {
    event.preventDefault();
    const empty = filling.now.name.trim() === "";
    blame(empty);
    if (!empty && !filling.isPending) filling.save();
  }

  const field = (name: Field, more: Partial<Parameters<typeof TextField>[0]> = {}) => (
    <TextField
      label={t(`companies.${name}`)}
      value={filling.now[name]}
      onChange={(value) => {
        filling.put(name, value);
        blame(false);
      }}
      fault={faults[name]}
      {...more}
    />
  );

  return (
    <Dialog
      title={company ? t("companies.edit_title", { name: company.name }) : t("companies.new")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("companies.cancel")}</Button>
          <Button kind="primary" type="submit" form={form} isPending={filling.isPending} isDisabled={conflict}>
            {t(company ? "companies.save" : "companies.create")}
          </Button>
        </>
      }
    >
      <form id={form} className={css.form} onSubmit={submit} noValidate>
        {conflict && (
          <div role="alert">
            <Note
              tone="warn"
              actions={
                <>
                  <Button size="sm" onPress={filling.saveOver}>
                    {t("companies.conflict_mine")}
                  </Button>
                  <Button size="sm" onPress={filling.showTheirs}>
                    {t("companies.conflict_theirs")}
                  </Button>
                </>
              }
            >
              {t("companies.conflict")}
            </Note>
          </div>
        )}
        {filling.unseen !== null && <Failure error={filling.unseen} />}
        {filling.error && !conflict && Object.keys(faults).length === 0 && <Failure error={filling.error} />}
        {field("name", { autoFocus: true, maxLength: 200 })}
        <div className={css.pair}>
          {field("industry")}
          {field("location")}
        </div>
        <div className={css.pair}>
          {field("size", { hint: t("companies.size_hint") })}
          {field("website", { type: "url" })}
        </div>
        {field("note", { rows: 4 })}
      </form>
    </Dialog>
  );
}
