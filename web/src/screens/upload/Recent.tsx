/** Beside the upload: what came of the last one, and the ones before. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { filesOf, isOver, type MatchedFile, type Run, uploadsQuery } from "@/api/runs";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Part } from "@/parts/Score";
import { State } from "@/parts/Words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { Duplicates, Mending } from "./FileRow";
import { standingOf, tally } from "./story";
import css from "./Upload.module.css";
import { tallyWords } from "./words";

/** The parts of the whole: ready, looked at, broken. */
function Shares({ files }: { files: readonly MatchedFile[] }) {
  const { ready, need, broken } = tally(files);
  const all = ready + need + broken;
  if (all === 0) return null;
  const width = (count: number) => (100 * count) / all;
  return (
    <svg className={css.share} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect data-part="ready" width={width(ready)} height="8" />
      <rect data-part="need" x={width(ready)} width={width(need)} height="8" />
      <rect data-part="broken" x={width(ready + need)} width={width(broken)} height="8" />
    </svg>
  );
}

function Need({ files }: { files: readonly MatchedFile[] }) {
  const t = useTexts();
  return (
    <section>
      <SectionHead level={3} end={files.length}>
        <State tone="warn">{t("upload.need_you")}</State>
      </SectionHead>
      <ul className={css.need}>
        {files.map((file) => (
          <li key={file.number}>
            <div className="grow">
              <Link
                to="/people/$id"
                params={{ id: file.talent_id! }}
                search={file.uncertain ? { tab: "resume" } : {}}
                lang={languageOf(file.name)}
              >
                {file.name ?? t("parts.nameless")}
              </Link>
              {file.uncertain ? (
                <p className="meta">
                  {t("upload.uncertain", { count: file.uncertain, facts: file.facts ?? file.uncertain })}
                </p>
              ) : null}
              <Duplicates file={file} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Broken({ run, files }: { run: Run; files: readonly MatchedFile[] }) {
  const t = useTexts();
  return (
    <section>
      <SectionHead level={3} end={files.length}>
        <State tone="bad">{t("upload.standing_unreadable")}</State>
      </SectionHead>
      <ul className={css.need}>
        {files.map((file) => (
          <li key={file.number}>
            <div className="grow">
              <p lang={languageOf(file.filename)}>{file.filename}</p>
              <p className="meta">{file.error?.message}</p>
              <p className="meta mono">{file.error?.code}</p>
            </div>
            <Mending run_id={run.id} file={file} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What came of an upload. `whole` names the files too: where they do not stand beside it already. */
function Result({ run, whole }: { run: Run; whole: boolean }) {
  const [t, format] = [useTexts(), useFormats()];
  const files = filesOf(run);
  const { ready, need, broken } = tally(files);
  const matched = files.filter((file) => (file.total ?? 0) > 0).length;
  const people = files.filter((file) => file.talent_id).length;
  const standing = (names: string[]) => files.filter((file) => names.includes(standingOf(file)));
  return (
    <section className={css.result}>
      <SectionHead level={2} end={format.moment(run.finished_at ?? run.updated_at)}>
        {whole ? t("upload.last") : t("upload.this")}
      </SectionHead>
      <p className={css.res}>{t("upload.summary", { ready, need, broken })}</p>
      <Shares files={files} />
      {whole && need > 0 && <Need files={standing(["duplicate", "uncertain"])} />}
      {whole && broken > 0 && <Broken run={run} files={standing(["unreadable", "failed"])} />}
      <dl className={css.facts}>
        <div>
          <dt>{t("upload.people_made")}</dt>
          <dd>{format.number(people)}</dd>
        </div>
        <div>
          <dt>{t("upload.people_matched")}</dt>
          <dd>{format.number(matched)}</dd>
        </div>
      </dl>
    </section>
  );
}

function Entry({ run, current }: { run: Run; current: boolean }) {
  const [t, format] = [useTexts(), useFormats()];
  const files = filesOf(run);
  const settled = files.filter((file) => file.state !== "waiting").length;
  return (
    <li>
      <div className="grow">
        <Link to="/upload" search={{ run: run.id }} aria-current={current ? "true" : undefined}>
          {t("upload.n_files", { count: files.length })}
        </Link>
        <p className="meta">{format.ago(run.created_at)}</p>
        <p className="meta">{tallyWords(t, format.list, files)}</p>
      </div>
      {isOver(run) ? (
        (run.state === "dead" || run.state === "cancelled") && (
          <State tone={run.state === "dead" ? "bad" : "off"}>{t(`upload.run_${run.state}`)}</State>
        )
      ) : (
        <span className={css.going}>
          <Part value={settled} of={files.length} />
          <span className="meta">{t("upload.of", { done: settled, total: files.length })}</span>
        </span>
      )}
    </li>
  );
}

export function Recent({ chosen }: { chosen?: string }) {
  const t = useTexts();
  const { data, error, isPending, refetch } = useQuery(uploadsQuery());
  if (isPending) return <Bones lines={6} />;
  if (!data) return <Failure error={error} onRetry={() => refetch()} />;
  const runs = [...data.items].sort((a, b) => Number(isOver(a)) - Number(isOver(b)));
  const told = runs.find((run) => run.id === chosen && isOver(run)) ?? runs.find(isOver);
  return (
    <>
      {told && <Result run={told} whole={told.id !== chosen} />}
      <section>
        <SectionHead level={2}>{t("upload.recent")}</SectionHead>
        {runs.length === 0 && <p className="meta">{t("upload.recent_none")}</p>}
        <ul className={css.need}>
          {runs.map((run) => (
            <Entry key={run.id} run={run} current={run.id === chosen} />
          ))}
        </ul>
      </section>
    </>
  );
}
