/** Handing in résumés: choose files, see them become people, come back to what needs somebody. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMayWrite } from "@/api/me";
import { useCrumbs } from "@/frame/crumbs";
import { Empty } from "@/parts/Feedback";
import { useTexts } from "@/texts";
import { DropZone } from "./DropZone";
import { Recent } from "./Recent";
import { RunView } from "./RunView";
import { SendingNow } from "./SendingNow";
import { isBusy, useSending } from "./sending";
import css from "./Upload.module.css";

/** When new files have arrived, their upload is opened: the first of them, where there are several. */
function useArrival() {
  const navigate = useNavigate({ from: "/upload" });
  const first = useSending().runs[0];
  const seen = useRef(first);
  useEffect(() => {
    if (first && seen.current !== first) void navigate({ search: { run: first } });
    seen.current = first;
  }, [first, navigate]);
}

export function Screen() {
  const t = useTexts();
  const { run } = useSearch({ from: "/inside/upload" });
  const mayWrite = useMayWrite();
  const busy = isBusy(useSending());
  useCrumbs([{ text: t("frame.upload") }]);
  useArrival();
  return (
    <div className={css.page}>
      <section className={css.now} aria-labelledby="upload-title">
        <div className={css.head}>
          <h1 id="upload-title">{t("upload.title")}</h1>
          <span className="meta">{t("upload.kinds")}</span>
        </div>
        <DropZone mayWrite={mayWrite} />
        <SendingNow />
        {run && <RunView key={run} run_id={run} />}
        {!run && !busy && <Empty title={t("upload.none")}>{t("upload.none_words")}</Empty>}
      </section>
      <aside className={css.last} aria-label={t("upload.recent")}>
        <Recent chosen={run} />
      </aside>
    </div>
  );
}
