/** The notices at the foot of the page, in a live region that is always there. */
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useFaultWords } from "@/parts/Feedback";
import { dismiss, SHOWN_MS, type Toast, toast, useToasts } from "@/state/toasts";
import { useTexts } from "@/texts";
import css from "./Toasts.module.css";

function Notice({ notice }: { notice: Toast }) {
  const t = useTexts();
  const words = useFaultWords();
  const [held, hold] = useState(false);
  const stays = held || notice.tone === "bad";
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(notice.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [stays, notice.id]);

  async function undo() {
    dismiss(notice.id);
    try {
      await notice.undo?.();
      toast({ text: t("parts.undone") });
    } catch (error) {
      toast({ text: words(error), tone: "bad" });
    }
  }

  return (
    <div
      className={css.toast}
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
    >
      <span>{notice.text}</span>
      {notice.undo && <Button onPress={undo}>{t("parts.undo")}</Button>}
      <Button aria-label={t("parts.close")} onPress={() => dismiss(notice.id)}>
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
