/** An upload: how far it is, its files, and stopping it. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useMayWrite } from "@/api/me";
import { filesOf, isOver, type Run, useCancelRun, useRetryRun } from "@/api/runs";
import { Button, ButtonLink } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Bones, Empty, Failure, Note, Progress, useFaultWords } from "@/parts/Feedback";
import { Segmented } from "@/parts/Fields";
import { isLost } from "@/parts/ListState";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { Announcer } from "./Announcer";
import { FileRow } from "./FileRow";
import { useFollowed } from "./follow";
import { type Sample, spoken, timeLeft } from "./pace";
import { SHOWN } from "./search";
import { isShown, type Shown, shownFiles } from "./story";
import css from "./Upload.module.css";
import { tallyWords } from "./words";

function Far({ run, samples }: { run: Run; samples: readonly Sample[] }) {
  const [t, format] = [useTexts(), useFormats()];
  const files = filesOf(run);
  const settled = files.filter((file) => file.state !== "waiting").length;
  const left = isOver(run) ? null : timeLeft(samples, files.length);
  const said = left === null ? null : spoken(left);
  const state = run.state === "running" || run.state === "waiting" ? run.state : ("over" as const);
  return (
    <Progress
      label={t(`upload.run_${state}`, { count: files.length })}
      share={files.length ? settled / files.length : 0}
      value={t("upload.of", { done: settled, total: files.length })}
      left={tallyWords(t, format.list, files)}
      right={said && t(`upload.left_${said.unit}`, { count: said.count })}
    />
  );
}

/** After this the dialog is gone and has given the focus back, if there was something to give it to. */
const FOCUS_MS = 100;

function Stop({ run }: { run: Run }) {
  const t = useTexts();
  const words = useFaultWords();
  const cancel = useCancelRun();
  const [asking, ask] = useState(false);
  const done = filesOf(run).filter((file) => file.state === "done").length;
  async function stop() {
    // by its promise: when the upload is over, this is gone from the page, and its callbacks with it
    await cancel.mutateAsync(run.id).then(
      () => toast({ text: t("upload.stopped") }),
      (error: unknown) => toast({ tone: "bad", text: words(error) }),
    );
    ask(false);
    setTimeout(() => isLost() && document.getElementById("main")?.focus({ preventScroll: true }), FOCUS_MS);
  }
  return (
    <>
      <Button size="sm" kind="quiet" onPress={() => ask(true)}>
        {t("upload.stop")}
      </Button>
      <Dialog
        title={t("upload.stop_title")}
        isOpen={asking}
        onClose={() => ask(false)}
        foot={
          <>
            <Button onPress={() => ask(false)}>{t("upload.stop_not")}</Button>
            <Button kind="danger" isPending={cancel.isPending} onPress={stop}>
              {t("upload.stop_do")}
            </Button>
          </>
        }
      >
        <p>{t("upload.stop_words", { done })}</p>
      </Dialog>
    </>
  );
}

/** A run that was stopped, or could not go on: what is left can be asked for again. */
function GoOn({ run }: { run: Run }) {
  const t = useTexts();
  const words = useFaultWords();
  const retry = useRetryRun();
  const mayWrite = useMayWrite();
  const left = filesOf(run).some((file) => file.state === "cancelled" || (run.state === "dead" && !file.dismissed));
  if ((run.state !== "cancelled" && run.state !== "dead") || !left) return null;
  return (
    <Note
      tone={run.state === "dead" ? "bad" : "plain"}
      actions={
        mayWrite && (
          <Button
            size="sm"
            isPending={retry.isPending}
            onPress={() => retry.mutate(run.id, { onError: (error) => toast({ tone: "bad", text: words(error) }) })}
          >
            {t("upload.go_on")}
          </Button>
        )
      }
    >
      <p>{t(`upload.run_${run.state}`)}</p>
      {run.error && (
        <p className="meta">
          {run.error.message} {t("parts.reference")} <span className="mono">{run.error.code}</span>
        </p>
      )}
    </Note>
  );
}

function Files({ run }: { run: Run }) {
  const t = useTexts();
  const navigate = useNavigate({ from: "/upload" });
  const mayWrite = useMayWrite();
  const { show = "all" } = useSearch({ from: "/inside/upload" });
  const files = filesOf(run);
  const count = (of: Shown) => files.filter((file) => isShown(file, of)).length;
  const rows = shownFiles(files, show);
  return (
    <>
      <div className={css.tools}>
        <Segmented
          label={t("upload.show")}
          value={show}
          options={SHOWN.map((id) => ({ id, text: t(`upload.show_${id}`, { count: count(id) }) }))}
          onChange={(chosen) =>
            navigate({ search: (was) => ({ ...was, show: chosen === "all" ? undefined : chosen }), replace: true })
          }
        />
        <span className="grow" />
        {!isOver(run) && (
          <>
            <ButtonLink size="sm" to="/">
              {t("upload.leave")}
            </ButtonLink>
            {mayWrite && <Stop run={run} />}
          </>
        )}
      </div>
      <ul className={css.files} aria-label={t("upload.files")}>
        {rows.map((file) => (
          <FileRow key={file.number} run_id={run.id} file={file} />
        ))}
      </ul>
      {rows.length === 0 && show !== "all" && <Empty title={t(`upload.none_${show}`)} />}
    </>
  );
}

export function RunView({ run_id }: { run_id: string }) {
  const { data: run, error, isPending, refetch, samples } = useFollowed(run_id);
  if (isPending) return <Bones lines={8} />;
  if (!run) return <Failure error={error} onRetry={() => refetch()} />;
  return (
    <>
      <Far run={run} samples={samples} />
      <GoOn run={run} />
      <Files run={run} />
      <Announcer files={filesOf(run)} over={isOver(run)} />
    </>
  );
}
