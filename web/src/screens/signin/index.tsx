/** The door: name and password. */
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { ApiError } from "@/api/client";
import { useSignIn } from "@/api/me";
import { Logo } from "@/frame/Rail";
import { LanguageSwitch } from "@/frame/TopBar";
import { Button } from "@/parts/Button";
import { Note, useFaultWords } from "@/parts/Feedback";
import { TextField } from "@/parts/Fields";
import { useTexts } from "@/texts";
import css from "./SignIn.module.css";

/** The seconds that a refused person has to wait, counted down. */
function useWait(error: unknown): number {
  const told = error instanceof ApiError ? Number(error.details.retry_after_s ?? 0) : 0;
  const [left, count] = useState(0);
  useEffect(() => {
    count(Math.ceil(told));
    const timer = setInterval(() => count((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, [told]);
  return left;
}

export function Screen() {
  const t = useTexts();
  const { next, ended } = useSearch({ from: "/signin" });
  const router = useRouter();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const words = useFaultWords();
  const wait = useWait(signIn.error);
  const [username, name] = useState("");
  const [password, say] = useState("");
  useEffect(() => {
    document.title = `${t("signin.title")} · Looma`;
  }, [t]);

  function submit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(
      { username, password },
      {
        // going back leads to where one was before, not to this form
        onSuccess: () => (next ? router.history.replace(next) : navigate({ to: "/", replace: true })),
      },
    );
  }

  return (
    <div className={css.page}>
      <header className={css.top}>
        <Logo />
        <span>Looma</span>
        <LanguageSwitch />
      </header>
      <main className={css.card}>
        <h1>{t("signin.title")}</h1>
        {!signIn.isError &&
          (ended ? (
            <Note tone="warn">{t("signin.ended")}</Note>
          ) : (
            next && next !== "/" && <p className="meta">{t("signin.next")}</p>
          ))}
        {signIn.isError && (
          <div role="alert">
            <Note tone="bad">{words(signIn.error)}</Note>
          </div>
        )}
        <form onSubmit={submit}>
          <TextField
            label={t("signin.username")}
            value={username}
            onChange={name}
            autoComplete="username"
            autoFocus
            isRequired
          />
          <TextField
            label={t("signin.password")}
            type="password"
            value={password}
            onChange={say}
            autoComplete="current-password"
            isRequired
          />
          <Button
            kind="primary"
            type="submit"
            isPending={signIn.isPending}
            isDisabled={wait > 0 || username === "" || password === ""}
          >
            {wait > 0 ? t("signin.wait", { seconds: wait }) : t("signin.enter")}
          </Button>
        </form>
        <p className="meta">{t("signin.forgotten")}</p>
      </main>
    </div>
  );
}
