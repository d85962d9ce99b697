/** The filters of a list: one chip for each that holds, which can be changed or removed, and a menu of the others. */
import { Plus } from "lucide-react";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button as AriaButton, Dialog, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { Button } from "./Button";
import { NumberField, type Option, TextField } from "./Fields";
import css from "./List.module.css";
import { Action, Menu } from "./Menu";
import menu from "./Menu.module.css";
import { Chip } from "./Words";

export type FilterValue = string | number | undefined;

/** A filter that a list knows; its value stands in the address under `id`. */
export interface Filter<Id extends string = string> {
  id: Id;
  name: string;
  /** One line of text, a whole number, or one of some. */
  kind: "text" | "number" | readonly Option[];
  /** How the chip says the value; options say their text. */
  shown?: (value: string) => string;
}

interface ListFiltersProps<Id extends string> {
  filters: readonly Filter<Id>[];
  values: Partial<Record<Id, FilterValue>>;
  onChange: (id: Id, value: FilterValue) => void;
}

function wordsOf(filter: Filter, value: FilterValue): string {
  const told = String(value);
  if (typeof filter.kind !== "string") return filter.kind.find((one) => one.id === told)?.text ?? told;
  return filter.shown?.(told) ?? told;
}

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

export function ListFilters<Id extends string>({ filters, values, onChange }: ListFiltersProps<Id>) {
  const t = useTexts();
  const add = useRef<HTMLButtonElement>(null);
  const anchor = useRef<HTMLElement>(null) as RefObject<HTMLElement | null>;
  const chips = useRef(new Map<string, HTMLElement>());
  const applied = useRef<Id | null>(null);
  const [editing, edit] = useState<Filter<Id> | null>(null);
  const holding = filters.filter((one) => values[one.id] !== undefined);
  const others = filters.filter((one) => values[one.id] === undefined);

  function begin(filter: Filter<Id>) {
    anchor.current = chips.current.get(filter.id) ?? add.current;
    edit(filter);
  }
  function apply(value: FilterValue) {
    edit(null);
    if (!editing) return;
    applied.current = value === undefined ? null : editing.id;
    onChange(editing.id, value);
  }
  // The focus goes to the chip of what was applied, as soon as the address has it.
  useEffect(() => {
    const chip = editing === null && applied.current !== null && chips.current.get(applied.current);
    if (!chip) return;
    applied.current = null;
    requestAnimationFrame(() => chip.focus());
  });
  const Editor = typeof editing?.kind === "string" ? Line : Options;
  return (
    <fieldset className={css.filters} aria-label={t("list.filters")}>
      {holding.map((one) => {
        const words = wordsOf(one, values[one.id]);
        return (
          <Chip
            key={one.id}
            name={one.name}
            onRemove={() => {
              onChange(one.id, undefined);
              add.current?.focus(); // the chip goes, the focus stays among the filters
            }}
          >
            <AriaButton
              className={css.value!}
              aria-label={t("list.change_filter", { name: one.name, value: words })}
              ref={(node) => {
                if (node) chips.current.set(one.id, node);
                else chips.current.delete(one.id);
              }}
              onPress={() => begin(one)}
            >
              <span lang={languageOf(words)}>{words}</span>
            </AriaButton>
          </Chip>
        );
      })}
      <Menu
        label={t("list.filters")}
        button={
          <Button ref={add} kind="quiet" size="sm" icon={<Plus aria-hidden />} isDisabled={others.length === 0}>
            {t("list.filter")}
          </Button>
        }
      >
        {others.map((one) => (
          <Action key={one.id} id={one.id} text={one.name} onAction={() => begin(one)} />
        ))}
      </Menu>
      <Popover
        className={menu.popover!}
        triggerRef={anchor}
        isOpen={editing !== null}
        onOpenChange={(open) => !open && edit(null)}
        placement="bottom start"
      >
        <Dialog className={css.dialog!} aria-label={editing?.name ?? t("list.filter")}>
          {editing && <Editor key={editing.id} filter={editing} value={values[editing.id]} onApply={apply} />}
        </Dialog>
      </Popover>
    </fieldset>
  );
}
