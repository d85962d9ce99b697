/** The filters of a list: one chip for each that holds, which can be changed or removed, and a menu of the others. */
import { Plus } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { Button } from "./Button";
import type { Option } from "./Fields";
import css from "./List.module.css";
import { isLost } from "./ListState";
import { Action, Menu } from "./Menu";
import { Chip } from "./Words";

const fetchEditor = () => import("./ListFilterEditor");
const prepare = () => void fetchEditor().catch(() => undefined);
type Editor = Awaited<ReturnType<typeof fetchEditor>>["ListFilterEditor"];

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

export function ListFilters<Id extends string>({ filters, values, onChange }: ListFiltersProps<Id>) {
  const t = useTexts();
  const add = useRef<HTMLSpanElement>(null);
  const adder = () => add.current?.querySelector("button") ?? null;
  const anchor = useRef<HTMLElement>(null) as RefObject<HTMLElement | null>;
  const chips = useRef(new Map<string, HTMLElement>());
  const applied = useRef<Id | null>(null);
  const [editing, edit] = useState<{ filter: Filter<Id>; Editor: Editor } | null>(null);
  const holding = filters.filter((one) => values[one.id] !== undefined);
  const others = filters.filter((one) => values[one.id] === undefined);

  async function begin(filter: Filter<Id>) {
    const found = await fetchEditor().catch(() => null);
    if (!found) return toast({ text: t("parts.fault_fetch"), tone: "bad" });
    const { ListFilterEditor: Editor } = found;
    anchor.current = chips.current.get(filter.id) ?? adder();
    edit({ filter, Editor });
  }
  function leave() {
    edit(null);
    keepFocus(anchor.current); // the menu that had it before is gone: the button that opened the menu takes it
  }
  /** Once what had the focus is gone, give it to an element, or to the button that adds a filter. */
  function keepFocus(element: HTMLElement | null = null) {
    setTimeout(() => isLost() && (element ?? adder())?.focus(), 50);
  }
  function apply(value: FilterValue) {
    edit(null);
    if (!editing) return;
    applied.current = value === undefined ? null : editing.filter.id;
    onChange(editing.filter.id, value);
  }
  // The focus goes to the chip of what was applied, as soon as the address has it.
  useEffect(() => {
    const chip = editing === null && applied.current !== null && chips.current.get(applied.current);
    if (!chip) return;
    applied.current = null;
    requestAnimationFrame(() => chip.focus());
  });
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
              keepFocus(); // the chip goes, the focus stays among the filters
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
      <span ref={add}>
        <Menu
          label={t("list.filters")}
          button={
            <Button
              onHoverStart={prepare}
              onFocus={prepare}
              kind="quiet"
              size="sm"
              icon={<Plus aria-hidden />}
              isDisabled={others.length === 0}
            >
              {t("list.filter")}
            </Button>
          }
        >
          {others.map((one) => (
            <Action key={one.id} id={one.id} text={one.name} onAction={() => begin(one)} />
          ))}
        </Menu>
      </span>
      {editing && (
        <editing.Editor
          key={editing.filter.id}
          filter={editing.filter}
          value={values[editing.filter.id]}
          anchor={anchor}
          onApply={apply}
          onClose={leave}
        />
      )}
    </fieldset>
  );
}
