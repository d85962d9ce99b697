/** One's own new password. */
import { type FormEvent, useRef, useState } from "react";
import { useChangePassword, useMe } from "@/api/me";
import { Button } from "@/parts/Button";
import { Failure } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { type Faults, faultsBefore, faultsOf, type Passwords } from "./faults";
import css from "./Settings.module.css";

const NOTHING: Passwords = { current: "", new: "", again: "" };
const ORDER = ["current", "new", "again"] as const;

export function PasswordForm() {
  const t = useTexts();
  const me = useMe();
  const form = useRef<HTMLFormElement>(null);
  const [said, say] = useState(NOTHING);
  const [faults, blame] = useState<Faults>({});
  const change = useChangePassword();

  function show(found: Faults) {
    blame(found);
    const first = ORDER.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
    return first !== undefined;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    change.reset();
    if (change.isPending || show(faultsBefore(said, t))) return;
    change.mutate(
      { current: said.current, new: said.new },
      {
        onSuccess: () => {
          say(NOTHING);
          toast({ text: t("settings.changed") });
        },
        onError: (error) => show(faultsOf(error, t)),
      },
    );
  }

  const field = (name: keyof Passwords, label: string, autoComplete: string) => (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete={autoComplete}
      value={said[name]}
      fault={faults[name]}
      onChange={(value) => {
        say({ ...said, [name]: value });
        blame({ ...faults, [name]: undefined });
      }}
    />
  );

  const beside = change.isError && Object.keys(faultsOf(change.error, t)).length > 0;
  return (
    <form ref={form} onSubmit={submit} className={css.form} noValidate>
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      {field("current", t("settings.current"), "current-password")}
      {field("new", t("settings.new"), "new-password")}
      {field("again", t("settings.again"), "new-password")}
      {change.isError && !beside && <Failure error={change.error} />}
      <div>
        <Button type="submit" isPending={change.isPending}>
          {t("settings.change")}
        </Button>
      </div>
    </form>
  );
}
