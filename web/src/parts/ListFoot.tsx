/** The foot of a record beside a list, and the button that closes it. */
import { X } from "lucide-react";
import { useTexts } from "@/texts";
import { Button, Kbd } from "./Button";
import css from "./List.module.css";
import type { Following } from "./ListBeside";

export function ListFoot({ step, close, before, after }: Following) {
  const t = useTexts();
  return (
    <div className={css.foot}>
      <Button kind="quiet" size="sm" isDisabled={!before} onPress={() => step(-1)} aria-keyshortcuts="K">
        {t("list.previous")} <Kbd>K</Kbd>
      </Button>
      <Button kind="quiet" size="sm" isDisabled={!after} onPress={() => step(1)} aria-keyshortcuts="J">
        {t("list.next")} <Kbd>J</Kbd>
      </Button>
      <Button kind="quiet" size="sm" onPress={close} aria-keyshortcuts="Escape">
        {t("list.close")} <Kbd>Esc</Kbd>
      </Button>
    </div>
  );
}

/** Closes the panel; it stands at the right of the panel's head. */
export function PanelClose({ onPress }: { onPress: () => void }) {
  return (
    <Button kind="quiet" size="sm" icon={<X aria-hidden />} aria-label={useTexts()("list.close")} onPress={onPress} />
  );
}
