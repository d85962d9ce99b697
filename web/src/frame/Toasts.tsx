/** The notices at the foot of the page, in a live region that is always there. */
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useFaultWords } from "@/parts/Feedback";
import { dismiss, SHOWN_MS, type Toast, toast, useToasts } from "@/state/toasts";
import { useTexts } from "@/texts";
import css from "./Toasts.module.css";

function Notice({ notice }: { notice: Toast }) {
  const t = useTexts();
  const words = useFaultWords();
  const own = useRef<HTMLDivElement>(null);
  const [pointed, point] = useState(false);
  const [focused, focus] = useState(false);
  const stays = pointed || focused || notice.tone === "bad";
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(notice.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, notice.id]);

  /** Take the notice away. The focus that was in it goes to the notice beside it, or back to what the page is about. */
  function close() {
    const node = own.current;
    if (node?.contains(document.activeElement)) {
      const beside = node.nextElementSibling ?? node.previousElementSibling;
      (beside?.querySelector("button") ?? document.getElementById("main"))?.focus({ preventScroll: true });
    }
    dismiss(notice.id);
  }

  async function undo() {
    close();
    try {
      await notice.undo?.();
      toast({ text: t("parts.undone") });
    } catch (error) {
      toast({ text: words(error), tone: "bad" });
    }
  }

  return (
    <div
      ref={own}
      className={css.toast}
      onMouseEnter={() => point(true)}
      onMouseLeave={() => point(false)}
      onFocus={() => focus(true)}
      onBlur={() => focus(false)}
    >
      <span>{notice.text}</span>
      {notice.undo && <Button onPress={undo}>{t("parts.undo")}</Button>}
      <Button aria-label={t("parts.close")} onPress={close}>
        <X aria-hidden />
      </Button>
    </div>
  );
}

export function Toasts() {
  const t = useTexts();
  return (
    <section className={css.stack} aria-label={t("frame.notices")} aria-live="polite" data-frame="toasts">
      {useToasts().map((notice) => (
        <Notice key={notice.id} notice={notice} />
      ))}
    </section>
  );
}
