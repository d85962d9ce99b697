/** A choice from a list that opens: apart from the other fields, so that only pages that have one fetch it. */
import { ChevronDown } from "lucide-react";
import {
  Select as AriaSelect,
  Button,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import type { OneOf, Option, Told } from "./Fields";
import css from "./Fields.module.css";
import menu from "./Menu.module.css";

/** One of many, from a list that opens. */
export function Select<K extends string>({ label, bare, options, value, onChange, isDisabled, size }: OneOf<K> & Told) {
  return (
    <AriaSelect
      className={css.field!}
      selectedKey={value}
      onSelectionChange={(key: Key | null) => key !== null && onChange(key as K)}
      isDisabled={isDisabled}
      aria-label={bare ? label : undefined}
    >
      {!bare && <Label className={css.label!}>{label}</Label>}
      <Button className={`${css.input} ${css.select}`} data-size={size}>
        <SelectValue />
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={menu.popover!}>
        <ListBox className={menu.menu!} items={options}>
          {(one: Option<K>) => (
            <ListBoxItem id={one.id} className={menu.item!}>
              {one.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
