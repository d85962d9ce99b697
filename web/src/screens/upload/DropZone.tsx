/** Where files are handed in: dropped anywhere on the page, pasted, or chosen. */
import { Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { MOST_BYTES, MOST_FILES } from "@/api/runs";
import { Button, Kbd } from "@/parts/Button";
import { useTexts } from "@/texts";
import { OFFERED } from "./intake";
import { isBusy, send, useSending } from "./sending";
import css from "./Upload.module.css";
import { filesFrom } from "./walk";

const hasFiles = (transfer: DataTransfer | null) => Boolean(transfer?.types.includes("Files"));

/** Listens to the whole page; whether something hovers over it. */
function useWholePage(isOff: boolean): boolean {
  const [over, hover] = useState(false);
  useEffect(() => {
    function onDrag(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault(); // otherwise the window would open the file
      event.dataTransfer!.dropEffect = isOff ? "none" : "copy";
      hover(!isOff);
    }
    function onLeave(event: DragEvent) {
      if (event.relatedTarget === null) hover(false);
    }
    async function onDrop(event: DragEvent) {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      hover(false);
      if (!isOff) await send(await filesFrom(event.dataTransfer!));
    }
    async function onPaste(event: ClipboardEvent) {
      if (isOff || !hasFiles(event.clipboardData)) return;
      event.preventDefault();
      await send(await filesFrom(event.clipboardData!));
    }
    document.addEventListener("dragenter", onDrag);
    document.addEventListener("dragover", onDrag);
    document.addEventListener("dragleave", onLeave);
    document.addEventListener("drop", onDrop);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("dragenter", onDrag);
      document.removeEventListener("dragover", onDrag);
      document.removeEventListener("dragleave", onLeave);
      document.removeEventListener("drop", onDrop);
      document.removeEventListener("paste", onPaste);
    };
  }, [isOff]);
  return over;
}

export function DropZone({ mayWrite }: { mayWrite: boolean }) {
  const t = useTexts();
  const sending = useSending();
  const input = useRef<HTMLInputElement>(null);
  const busy = isBusy(sending);
  const over = useWholePage(!mayWrite || busy);
  return (
    <div className={css.drop} data-over={over || undefined}>
      <Upload aria-hidden />
      <div className="grow">
        <p className={css.label}>{t("upload.drop")}</p>
        <p className="meta">
          {t("upload.limits", { mb: MOST_BYTES / 1024 / 1024, files: MOST_FILES })}{" "}
          <span className={css.paste}>
            {t("upload.paste")} <Kbd>Ctrl</Kbd> <Kbd>V</Kbd>
          </span>
        </p>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={OFFERED}
        aria-label={t("upload.choose")}
        onChange={async ({ currentTarget: chosen }) => {
          const files = Array.from(chosen.files ?? []);
          chosen.value = ""; // the same file can be chosen again
          await send(files);
        }}
      />
      <Button
        kind="primary"
        why={!mayWrite && t("upload.readers_only")}
        isPending={busy}
        onPress={() => input.current?.click()}
      >
        {t("upload.choose")}
      </Button>
    </div>
  );
}
