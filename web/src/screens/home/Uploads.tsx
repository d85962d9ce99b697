/** What waits in uploads, and the uploads themselves. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMayWrite } from "@/api/me";
import { filesOf, isOver, type Run, uploadsQuery } from "@/api/runs";
import { ButtonLink } from "@/parts/Button";
import { Progress } from "@/parts/Feedback";
import { State } from "@/parts/Words";
import { MayBe, Mending } from "@/screens/upload/FileRow";
import { needsSomebody, standingOf, TONES } from "@/screens/upload/story";
import { tallyWords } from "@/screens/upload/words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { Block } from "./Block";
import css from "./Home.module.css";
import { type Waiting, waitingIn } from "./waiting";

const SHOWN = 5;

function WaitingFile({ run, file }: Waiting) {
  const t = useTexts();
  const standing = standingOf(file);
  const [duplicate] = file.duplicates ?? [];
  if (file.state === "failed")
    return (
      <li>
        <div className="grow">
          <p className="cut">
            <Link to="/upload" search={{ run: run.id }} lang={languageOf(file.filename)}>
              {file.filename}
            </Link>
          </p>
          <p className="meta">{file.error?.message}</p>
        </div>
        <Mending run_id={run.id} file={file} />
      </li>
    );
  const name = file.name ?? t("parts.nameless");
  return (
    <li>
      <div className="grow">
        <p className="cut">
          <Link
            to="/people/$id"
            params={{ id: file.talent_id! }}
            search={file.uncertain ? { tab: "resume" } : {}}
            lang={languageOf(name)}
          >
            {name}
          </Link>
        </p>
        <p className="meta">
          {duplicate ? (
            <MayBe duplicate={duplicate} />
          ) : (
            t("upload.uncertain", { count: file.uncertain ?? 0, facts: file.facts ?? file.uncertain ?? 0 })
          )}
        </p>
      </div>
      <State tone={TONES[standing]}>{t(`upload.standing_${standing}`)}</State>
    </li>
  );
}

export function WaitsForMe() {
  const t = useTexts();
  const asked = useQuery(uploadsQuery());
  const waiting = waitingIn(asked.data?.items ?? []);
  const first = waiting[0];
  return (
    <Block
      count={asked.data && waiting.length}
      title={t("home.waits")}
      about={t("home.waits_about")}
      asked={asked}
      none={waiting.length === 0 && t("home.waits_none")}
      action={
        first && (
          <ButtonLink size="sm" to="/upload" search={{ run: first.run.id, show: "waiting" }}>
            {t("home.waits_open")}
          </ButtonLink>
        )
      }
    >
      {waiting.slice(0, SHOWN).map(({ run, file }) => (
        <WaitingFile key={`${run.id} ${file.number}`} run={run} file={file} />
      ))}
    </Block>
  );
}

function UploadEntry({ run }: { run: Run }) {
  const [t, format] = [useTexts(), useFormats()];
  const files = filesOf(run);
  const need = files.filter(needsSomebody).length;
  const settled = files.filter((file) => file.state !== "waiting").length;
  const link = (
    <Link to="/upload" search={{ run: run.id }}>
      {t("upload.n_files", { count: files.length })}
    </Link>
  );
  if (!isOver(run))
    return (
      <li className={css.column}>
        <p>{link}</p>
        <Progress
          label={t("upload.run_running", { count: files.length })}
          share={files.length ? settled / files.length : 0}
          value={t("upload.of", { done: settled, total: files.length })}
        />
      </li>
    );
  return (
    <li>
      <div className="grow">
        <p>{link}</p>
        <p className="meta cut">
          {format.ago(run.finished_at ?? run.updated_at)} · {tallyWords(t, format.list, files)}
        </p>
      </div>
      {need > 0 && <State tone="warn">{t("upload.n_need", { count: need })}</State>}
    </li>
  );
}

export function Uploads() {
  const t = useTexts();
  const mayWrite = useMayWrite();
  const asked = useQuery(uploadsQuery());
  const runs = [...(asked.data?.items ?? [])].sort((a, b) => Number(isOver(a)) - Number(isOver(b)));
  return (
    <Block
      count={asked.data && runs.filter((run) => !isOver(run)).length}
      title={t("home.uploads")}
      about={t("home.uploads_about")}
      asked={asked}
      none={runs.length === 0 && t("upload.recent_none")}
      action={
        mayWrite && (
          <ButtonLink size="sm" kind="primary" to="/upload">
            {t("upload.title")}
          </ButtonLink>
        )
      }
    >
      {runs.slice(0, SHOWN).map((run) => (
        <UploadEntry key={run.id} run={run} />
      ))}
    </Block>
  );
}
