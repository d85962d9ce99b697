/** Keyboard shortcuts. Single letters rest while somebody types or composes Chinese, and can be switched off. */
import { useEffect, useRef } from "react";
import { preferences } from "./preferences";

/** Handlers by key; one that returns false has not taken the key. */
export type Keys = Record<string, (event: KeyboardEvent) => unknown>;

const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=searchbox]";

/** Whether a key belongs to the composing of a word, as the Enter that takes a proposal. Safari says it by 229 alone. */
export const isComposing = (event: Pick<KeyboardEvent, "isComposing" | "keyCode">): boolean =>
  event.isComposing || event.keyCode === 229;

/** Whether a key press goes into a text. */
export function isTyping(event: KeyboardEvent): boolean {
  if (isComposing(event)) return true;
  const target = event.target instanceof Element ? event.target : null;
  return Boolean(target?.closest(TYPING) && !target.closest("input[type=checkbox], input[type=radio]"));
}

/** The name of a pressed key: `mod+k`, `?`, `Escape`, `j`. */
export function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${key}`;
}

/** Call the handler of a pressed key, if there is one that may be called now. */
export function press(keys: Keys, event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event)) return;
  const name = nameOf(event);
  const handler = keys[name];
  if (!handler) return;
  const plain = name.length === 1;
  if (plain && (isTyping(event) || !preferences().letters)) return;
  if (plain && document.querySelector("[role=dialog], [role=menu], [role=listbox]")) return;
  if (handler(event) !== false) event.preventDefault();
}

/** Listen to keys while the component is there; with `first` before those who listen without. */
export function useKeys(keys: Keys, first = false): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(current.current, event);
    document.addEventListener("keydown", listener, first);
    return () => document.removeEventListener("keydown", listener, first);
  }, [first]);
}
