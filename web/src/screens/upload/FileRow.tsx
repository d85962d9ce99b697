/** One file of an upload: what it is, who was found in it, where it stands, what can be done. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { File, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { talentQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { type MatchedFile, useDismissFile, useRetryFile } from "@/api/runs";
import { Button, ButtonLink } from "@/parts/Button";
import { useFaultWords } from "@/parts/Feedback";
import { Score } from "@/parts/Score";
import { State } from "@/parts/Words";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { canRetry, kindOf, type Standing, standingOf, TONES } from "./story";
import css from "./Upload.module.css";

const NAMED = 2;

/** Who the person may be, with the reason. */
export function MayBe({ duplicate }: { duplicate: NonNullable<MatchedFile["duplicates"]>[number] }) {
  const t = useTexts();
  const { data, isPending } = useQuery(talentQuery(duplicate.talent_id));
  const name = isPending ? "…" : (data?.name ?? t("parts.nameless"));
  return (
    <>
      {t("upload.same_as")}{" "}
      <Link to="/people/$id" params={{ id: duplicate.talent_id }} lang={languageOf(name)}>
        {name}
      </Link>{" "}
      {t(`upload.${duplicate.why}`)}
    </>
  );
}

/** The first of those who may be the same, and how many more there are. */
export function Duplicates({ file }: { file: MatchedFile }) {
  const t = useTexts();
  const all = file.duplicates ?? [];
  return (
    <>
      {all.slice(0, NAMED).map((one) => (
        <p className="meta" key={one.talent_id}>
          <MayBe duplicate={one} />
        </p>
      ))}
      {all.length > NAMED && <p className="meta">{t("upload.same_more", { count: all.length - NAMED })}</p>}
    </>
  );
}

/** Retry and dismiss, with their names for those who do not see the row. */
export function Mending({ run_id, file }: { run_id: string; file: MatchedFile }) {
  const t = useTexts();
  const words = useFaultWords();
  const [retry, dismiss] = [useRetryFile(), useDismissFile()];
  const mayWrite = useMayWrite();
  if (!mayWrite || !canRetry(file)) return null;
  const which = { run_id, number: file.number };
  /** The row may go, or move, with the focus in it: then the focus stays on the list. */
  async function carryOut(done: Promise<unknown>, list: HTMLElement | null | undefined) {
    await done.catch((error: unknown) => toast({ tone: "bad", text: words(error) }));
    requestAnimationFrame(() => {
      if (document.activeElement !== document.body || !list) return;
      list.tabIndex = -1;
      list.focus({ preventScroll: true });
    });
  }
  return (
    <>
      <Button
        size="sm"
        aria-label={t("upload.retry_file", { file: file.filename })}
        isPending={retry.isPending}
        onPress={({ target }) => carryOut(retry.mutateAsync(which), target.closest<HTMLElement>("ul"))}
      >
        {t("upload.retry")}
      </Button>
      {!file.dismissed && (
        <Button
          size="sm"
          kind="quiet"
          aria-label={t("upload.dismiss_file", { file: file.filename })}
          isPending={dismiss.isPending}
          onPress={({ target }) => carryOut(dismiss.mutateAsync(which), target.closest<HTMLElement>("ul"))}
        >
          {t("upload.dismiss")}
        </Button>
      )}
    </>
  );
}

function Person({ file }: { file: MatchedFile }) {
  const t = useTexts();
  if (!file.talent_id)
    return <p className="meta">{t(file.state === "failed" ? "upload.no_person" : "upload.unknown_person")}</p>;
  const name = file.name ?? t("parts.nameless");
  return (
    <>
      <p className="cut">
        <Link to="/people/$id" params={{ id: file.talent_id }} lang={languageOf(name)}>
          {name}
        </Link>
      </p>
      <p className="meta cut" lang={languageOf(file.headline)}>
        {file.headline}
      </p>
    </>
  );
}

function BestJob({ file }: { file: MatchedFile }) {
  const t = useTexts();
  const best = file.matches[0];
  if (!best || !file.talent_id)
    return file.state === "done" && file.total === 0 ? <p className="meta">{t("upload.no_job")}</p> : null;
  return (
    <p className={css.job}>
      <Link
        className="cut"
        to="/matches"
        search={{ talent: file.talent_id, open: best.job_id ?? undefined }}
        lang={languageOf(best.title)}
      >
        {best.title}
      </Link>
      <Score score={best.score} confidence={best.confidence} />
    </p>
  );
}

function Uncertain({ file }: { file: MatchedFile }) {
  const t = useTexts();
  if (!file.uncertain || !file.talent_id) return null;
  return (
    <p className="meta">
      <Link to="/people/$id" params={{ id: file.talent_id }} search={{ tab: "resume" }}>
        {t("upload.uncertain", { count: file.uncertain, facts: file.facts ?? file.uncertain })}
      </Link>
    </p>
  );
}

function Standings({ file, standing }: { file: MatchedFile; standing: Standing }) {
  const t = useTexts();
  const facts = file.facts && !file.uncertain && file.state === "done";
  return (
    <>
      <State tone={TONES[standing]}>{t(`upload.standing_${standing}`)}</State>
      {file.error && !file.dismissed && (
        <p className="meta">
          {file.error.message}{" "}
          <span className={css.code}>
            {t("parts.reference")} <span className="mono">{file.error.code}</span>
          </span>
        </p>
      )}
      <Duplicates file={file} />
      <Uncertain file={file} />
      {facts ? <p className="meta">{t("upload.facts", { count: file.facts! })}</p> : null}
      {file.warnings.map((one) => (
        <p className="meta" key={one.code}>
          {one.message}
        </p>
      ))}
      <BestJob file={file} />
    </>
  );
}

export function FileRow({ run_id, file }: { run_id: string; file: MatchedFile }): ReactNode {
  const [t, format] = [useTexts(), useFormats()];
  const standing = standingOf(file);
  const kind = kindOf(file.filename);
  const Icon = kind === "other" ? File : FileText;
  const about = [
    t(`upload.kind_${kind}`),
    file.pages ? t("upload.pages", { count: file.pages }) : null,
    typeof file.size === "number" ? format.bytes(file.size) : null,
  ];
  return (
    <li data-standing={standing}>
      <Icon aria-hidden />
      <div className={css.file}>
        <p className="cut" title={file.filename}>
          <b lang={languageOf(file.filename)}>{file.filename}</b>
        </p>
        <p className="meta">{about.filter(Boolean).join(" · ")}</p>
      </div>
      <div className={css.who}>
        <Person file={file} />
      </div>
      <div>
        <Standings file={file} standing={standing} />
      </div>
      <div className={css.do}>
        {standing === "uncertain" || standing === "duplicate" ? (
          <ButtonLink
            size="sm"
            to="/people/$id"
            params={{ id: file.talent_id! }}
            search={{ tab: standing === "uncertain" ? "resume" : "overview" }}
            aria-label={t("upload.review_person", { name: file.name ?? file.filename })}
          >
            {t("upload.review")}
          </ButtonLink>
        ) : (
          <Mending run_id={run_id} file={file} />
        )}
      </div>
    </li>
  );
}
