/**
 * Fields and their places in the text light each other. A field carries its id as `data-f`, a mark the ids of all
 * fields that it is a place of as `data-m`, the most particular first. One set of listeners on the container serves
 * them all, and light is put on the elements that are there: moving over a hundred marks renders nothing.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { isComposing } from "@/state/keys";

const ANY = "[data-f], [data-m]";
const marksOf = (root: HTMLElement, id: string) => root.querySelectorAll<HTMLElement>(`[data-m~="${CSS.escape(id)}"]`);
const fieldOf = (root: HTMLElement, id: string) => root.querySelector<HTMLElement>(`[data-f="${CSS.escape(id)}"]`);

/** The field that an element stands for. */
function idOf(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>(ANY) : null;
  return element?.dataset.f ?? element?.dataset.m?.split(" ")[0];
}

/** Light a field and its places, and nothing else. */
export function light(root: HTMLElement, id: string | undefined): void {
  for (const lit of root.querySelectorAll<HTMLElement>("[data-on]")) delete lit.dataset.on;
  if (id === undefined) return;
  for (const mark of marksOf(root, id)) mark.dataset.on = "true";
  const field = fieldOf(root, id);
  if (field) field.dataset.on = "true";
}

const columnOf = (element: HTMLElement | null | undefined) => element?.closest<HTMLElement>("[data-column]");
/** On a narrow screen the columns stand below each other and the page scrolls. */
const scrolls = (column: HTMLElement | null | undefined) =>
  Boolean(column && column.scrollHeight > column.clientHeight);

/** Scroll the column of an element, and that alone, until the element is in sight. */
export function bringIntoSight(element: HTMLElement | null | undefined): void {
  const column = columnOf(element);
  if (!element || !column || !scrolls(column)) return;
  const [own, seen] = [element.getBoundingClientRect(), column.getBoundingClientRect()];
  if (own.top >= seen.top && own.bottom <= seen.bottom) return;
  column.scrollTo({ top: column.scrollTop + own.top - seen.top - seen.height / 3, behavior: "auto" });
}

/** One tab stop among its like: the wished one, or the one that is there, or the first. */
function keepStop(root: HTMLElement, like: string, wished: HTMLElement | null | undefined): void {
  const all = [...root.querySelectorAll<HTMLElement>(like)];
  const focused = all.find((one) => one === document.activeElement);
  const stop = focused ?? wished ?? all.find((one) => one.tabIndex === 0) ?? all[0];
  for (const one of all) one.tabIndex = one === stop ? 0 : -1;
}

/** What is lit: what the pointer is on, or what has the focus, or what is pinned. */
function standing(root: HTMLElement, hovered: string | undefined, pinned: string | undefined): string | undefined {
  const focused = document.activeElement;
  return hovered ?? (focused && root.contains(focused) ? idOf(focused) : undefined) ?? pinned;
}

/** The element that a key leads to, among its like; undefined when the key leads nowhere. */
function stepped(all: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = all.indexOf(from);
  const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
  if (from.dataset.m !== undefined) Object.assign(to, { ArrowRight: at + 1, ArrowLeft: at - 1 });
  const next = to[key];
  return next === undefined ? undefined : (all[next] ?? from);
}

/**
 * The listeners of the container. `pinned` is the field that stays lit when nothing is pointed at; `onPin` is called
 * with a field that was chosen by a click or Enter.
 */
export function usePairing(
  root: RefObject<HTMLElement | null>,
  pinned: string | undefined,
  onPin: (id: string) => void,
) {
  const now = useRef({ pinned, onPin });
  now.current = { pinned, onPin };

  const hovered = useRef<string | undefined>(undefined);

  // after each render: the list may show other fields than before
  useEffect(() => {
    const all = root.current;
    if (!all) return;
    light(all, standing(all, hovered.current, pinned));
    keepStop(all, "[data-f]", pinned === undefined ? null : fieldOf(all, pinned));
    keepStop(all, "[data-m]", pinned === undefined ? undefined : marksOf(all, pinned)[0]);
  });
  useEffect(() => {
    const all = root.current;
    if (!all || pinned === undefined || all.contains(document.activeElement)) return;
    const field = fieldOf(all, pinned); // a link was opened: show what it speaks of
    if (scrolls(columnOf(field))) bringIntoSight(field);
    else field?.scrollIntoView?.({ block: "center" });
    bringIntoSight(marksOf(all, pinned)[0]);
  }, [root, pinned]);

  return useMemo(() => {
    /** The field that a focused element stands for: the one that led to it, where it is one of several. */
    function meant(element: HTMLElement | null): string | undefined {
      const { pinned } = now.current;
      return pinned !== undefined && element?.dataset.m?.split(" ").includes(pinned) ? pinned : idOf(element);
    }

    function point(target: EventTarget | null, id = idOf(target)) {
      const all = root.current;
      const element = target instanceof Element ? target.closest<HTMLElement>(ANY) : null;
      if (!all || !element || id === undefined) return;
      light(all, id);
      bringIntoSight(element.dataset.f === undefined ? fieldOf(all, id) : marksOf(all, id)[0]);
    }

    function rest() {
      const all = root.current;
      if (all) light(all, standing(all, hovered.current, now.current.pinned));
    }

    function onMouseOver(event: MouseEvent) {
      const id = idOf(event.target);
      if (id === hovered.current) return;
      hovered.current = id;
      if (id === undefined) rest();
      else point(event.target);
    }

    function onFocus(event: FocusEvent) {
      const all = root.current;
      const element = event.target.closest<HTMLElement>(ANY);
      if (!all || !element) return;
      hovered.current = undefined; // the keyboard goes on from where the pointer was left
      keepStop(all, element.dataset.f === undefined ? "[data-m]" : "[data-f]", element);
      point(element, meant(element));
    }

    function onClick(event: MouseEvent) {
      const id = idOf(event.target);
      if (id !== undefined) now.current.onPin(id);
    }

    function onKeyDown(event: KeyboardEvent) {
      const all = root.current;
      const element = event.target instanceof Element ? event.target.closest<HTMLElement>(ANY) : null;
      const id = meant(element);
      if (!all || !element || id === undefined || isComposing(event.nativeEvent)) return;
      const inList = element.dataset.f !== undefined;
      const next = stepped(
        [...all.querySelectorAll<HTMLElement>(inList ? "[data-f]" : "[data-m]")],
        element,
        event.key,
      );
      if (next) next.focus();
      else if (event.key === "Enter" || event.key === " ") {
        now.current.onPin(id);
        now.current.pinned = id; // before the address says so: the mark is to know where it was come from
        if (inList) marksOf(all, id)[0]?.focus();
      } else if (event.key === "Escape" && !inList) fieldOf(all, id)?.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    const onMouseLeave = () => {
      hovered.current = undefined;
      rest();
    };
    return { onMouseOver, onMouseLeave, onFocus, onBlur: rest, onClick, onKeyDown };
  }, [root]);
}
