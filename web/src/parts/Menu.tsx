/** A menu that a button opens. */
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Menu as AriaMenu,
  type Key,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from "react-aria-components";
import css from "./Menu.module.css";

interface MenuProps {
  /** The button that opens it. */
  button: ReactElement;
  label: string;
  children: ReactNode;
  onAction?: (key: Key) => void;
}

/** A menu of actions. */
export function Menu({ button, label, children, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      {button}
      <Popover className={css.popover!} placement="bottom end">
        <AriaMenu className={css.menu!} aria-label={label} onAction={onAction}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

/** Something to do; `icon` and `end` (a key, a count) are optional. */
export function Action(props: {
  id: string;
  icon?: ReactNode;
  end?: ReactNode;
  isDisabled?: boolean;
  text: string;
  onAction?: () => void;
}) {
  const { id, icon, end, text, isDisabled, onAction } = props;
  return (
    <MenuItem id={id} textValue={text} className={css.item!} isDisabled={isDisabled} onAction={onAction}>
      {icon}
      <span className="grow">{text}</span>
      {end}
    </MenuItem>
  );
}

interface ChoiceProps {
  label: string;
  options: readonly { id: string; text: string }[];
  selected: Iterable<string>;
  mode?: "single" | "multiple";
  onChange: (selected: Set<string>) => void;
}

/** A part of a menu in which one or several are chosen. */
export function Choices({ label, options, selected, mode = "single", onChange }: ChoiceProps) {
  return (
    <MenuSection
      aria-label={label}
      selectionMode={mode}
      disallowEmptySelection={mode === "single"}
      selectedKeys={selected as Iterable<Key>}
      onSelectionChange={(chosen: Selection) =>
        onChange(new Set(chosen === "all" ? options.map((one) => one.id) : [...chosen].map(String)))
      }
    >
      {options.map((one) => (
        <MenuItem key={one.id} id={one.id} textValue={one.text} className={css.item!}>
          <Check data-check aria-hidden />
          {one.text}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
