/** A menu that a button opens. */
import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  useRef,
  useState,
} from "react";
import type { ButtonProps, Key } from "react-aria-components";

const fetchBody = () => import("./MenuBody");
const MenuBody = lazy(fetchBody);

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
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, open] = useState(false);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(true);
  }

  return (
    <>
      <span style={{ display: "contents" }} onPointerEnter={fetchBody} onFocus={fetchBody} onKeyDown={onKeyDown}>
        {cloneElement(button, {
          ref: trigger,
          "aria-haspopup": "menu",
          "aria-expanded": isOpen,
          onPress: () => open(true),
        })}
      </span>
      {isOpen && (
        <Suspense>
          <MenuBody label={label} trigger={trigger} onAction={onAction} onClose={() => open(false)}>
            {children}
          </MenuBody>
        </Suspense>
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
