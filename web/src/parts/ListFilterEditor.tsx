/** What a filter's value is chosen or typed in. Fetched when the first filter is set: few visits to a list need it. */
import { type FormEvent, type RefObject, useState } from "react";
import { Dialog, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useTexts } from "@/texts";
import { Button } from "./Button";
import { NumberField, type Option, TextField } from "./Fields";
import css from "./List.module.css";
import type { Filter, FilterValue } from "./ListFilters";
import menu from "./Menu.module.css";

interface EditorProps {
  filter: Filter;
  value: FilterValue;
  onApply: (value: FilterValue) => void;
}

/** A line or a number, with its button. */
function Line({ filter, value, onApply }: EditorProps) {
  const t = useTexts();
  const [text, write] = useState(value === undefined ? "" : String(value));
  const [number, count] = useState(typeof value === "number" ? value : Number.NaN);
  const numeric = filter.kind === "number";
  const missing = numeric ? Number.isNaN(number) : text.trim() === "";
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!missing) onApply(numeric ? number : text.trim());
  }
  return (
    <form className={css.editor} onSubmit={submit}>
      {numeric ? (
        <NumberField label={filter.name} value={number} onChange={count} minValue={0} maxValue={60} autoFocus />
      ) : (
        <TextField label={filter.name} value={text} onChange={write} maxLength={100} autoFocus />
      )}
      <Button kind="primary" type="submit" isDisabled={missing && !numeric}>
        {t("list.apply")}
      </Button>
    </form>
  );
}

function Options({ filter, value, onApply }: EditorProps) {
  return (
    <ListBox
      className={menu.menu!}
      aria-label={filter.name}
      items={filter.kind as readonly Option[]}
      selectionMode="single"
      selectedKeys={value === undefined ? [] : [String(value)]}
      onSelectionChange={(keys) => {
        for (const key of keys) onApply(String(key));
      }}
      autoFocus
    >
      {(one) => (
        <ListBoxItem id={one.id} className={menu.item!}>
          {one.text}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

interface ListFilterEditorProps extends EditorProps {
  /** What it opens beside. */
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
}

export function ListFilterEditor({ anchor, onClose, ...editor }: ListFilterEditorProps) {
  const { name, kind } = editor.filter;
  return (
    <Popover
      className={menu.popover!}
      triggerRef={anchor}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
    >
      <Dialog className={css.dialog!} aria-label={name}>
        {typeof kind === "string" ? <Line {...editor} /> : <Options {...editor} />}
      </Dialog>
    </Popover>
  );
}
