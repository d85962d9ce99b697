/** What a menu shows when it is open. It is fetched when a menu is about to be opened: most visits open none. */
import { Check } from "lucide-react";
import { Children, isValidElement, type ReactNode, type RefObject } from "react";
import { Menu as AriaMenu, type Key, MenuItem, MenuSection, Popover, type Selection } from "react-aria-components";
import { Action, type ActionProps, type ChoiceProps, Choices } from "./Menu";
import css from "./Menu.module.css";

function Entry({ id, icon, end, text, isDisabled, onAction }: ActionProps) {
  return (
    <MenuItem id={id} textValue={text} className={css.item!} isDisabled={isDisabled} onAction={onAction}>
      {icon}
      <span className="grow">{text}</span>
      {end}
    </MenuItem>
  );
}

function Section({ label, options, selected, mode = "single", onChange }: ChoiceProps) {
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

function shown(child: ReactNode): ReactNode {
  if (!isValidElement(child)) return null;
  if (child.type === Action) return <Entry key={child.key} {...(child.props as ActionProps)} />;
  if (child.type === Choices) return <Section key={child.key} {...(child.props as ChoiceProps)} />;
  throw new Error("a menu holds actions and choices");
}

interface BodyProps {
  label: string;
  trigger: RefObject<HTMLElement | null>;
  children: ReactNode;
  onAction?: (key: Key) => void;
  onClose: () => void;
}

export default function MenuBody({ label, trigger, children, onAction, onClose }: BodyProps) {
  return (
    <Popover
      className={css.popover!}
      placement="bottom end"
      triggerRef={trigger}
      trigger="MenuTrigger"
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <AriaMenu className={css.menu!} aria-label={label} autoFocus="first" onAction={onAction} onClose={onClose}>
        {Children.toArray(children).map(shown)}
      </AriaMenu>
    </Popover>
  );
}
