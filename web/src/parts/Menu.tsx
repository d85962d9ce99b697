/** A menu that a button opens. */
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, type Ref, useRef, useState } from "react";
import type { ButtonProps, Key } from "react-aria-components";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";

type Body = typeof import("./MenuBody").default;
let body: Body | undefined;

/** Fetched by hand: React's own way would wait before it shows what has come. */
async function fetchBody(): Promise<void> {
  body ??= (await import("./MenuBody")).default;
}

/** The same before it is needed; whether it could be fetched is told when it is. */
const prepare = () => void fetchBody().catch(() => undefined);

interface MenuProps {
  /** The button that opens it. */
  button: ReactElement<ButtonProps & { ref?: Ref<HTMLButtonElement> }>;
  label: string;
  /** `Action`s and `Choices`, without anything between. */
  children: ReactNode;
  onAction?: (key: Key) => void;
}

/** A menu of actions. */
export function Menu({ button, label, children, onAction }: MenuProps) {
  const t = useTexts();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const MenuBody = body;

  async function open() {
    try {
      await fetchBody();
      setOpen(true);
    } catch {
      toast({ text: t("parts.fault_fetch"), tone: "bad" });
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    void open();
  }

  return (
    <>
      <span style={{ display: "contents" }} onPointerEnter={prepare} onFocus={prepare} onKeyDown={onKeyDown}>
        {cloneElement(button, {
          ref: trigger,
          "aria-haspopup": "menu",
          "aria-expanded": isOpen,
          onPress: () => void open(),
        })}
      </span>
      {isOpen && MenuBody && (
        <MenuBody label={label} trigger={trigger} onAction={onAction} onClose={() => setOpen(false)}>
          {children}
        </MenuBody>
      )}
    </>
  );
}

export interface ActionProps {
  id: string;
  icon?: ReactNode;
  /** A key, a count. */
  end?: ReactNode;
  isDisabled?: boolean;
  text: string;
  onAction?: () => void;
}

/** Something to do in a menu. */
export const Action: (props: ActionProps) => ReactNode = () => null;

export interface ChoiceProps {
  label: string;
  options: readonly { id: string; text: string }[];
  selected: Iterable<string>;
  mode?: "single" | "multiple";
  onChange: (selected: Set<string>) => void;
}

/** A part of a menu in which one or several are chosen. */
export const Choices: (props: ChoiceProps) => ReactNode = () => null;
