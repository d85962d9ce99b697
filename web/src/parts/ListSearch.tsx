/** The search box of a list. What is typed is sent a moment later; nothing is sent while a word is being composed. */
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { isComposing } from "@/state/keys";
import css from "./List.module.css";

/** How long typing rests before it is sent. */
export const REST_MS = 250;

interface ListSearchProps {
  label: string;
  value: string | undefined;
  /** Nothing typed: `undefined`. */
  onChange: (words: string | undefined) => void;
}

export function ListSearch({ label, value = "", onChange }: ListSearchProps) {
  const [draft, write] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The address changed by itself, as by going back: the box follows.
  useEffect(() => {
    if (value === sent.current) return;
    clearTimeout(timer.current);
    sent.current = value;
    write(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function send(words: string) {
    clearTimeout(timer.current);
    if (words.trim() === sent.current) return;
    sent.current = words.trim();
    onChange(sent.current || undefined);
  }

  function later(words: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(words), REST_MS);
  }

  return (
    <label className={css.search}>
      <Search aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={draft}
        maxLength={200}
        onChange={(event) => {
          write(event.target.value);
          const composing = (event.nativeEvent as InputEvent).isComposing;
          if (composing) clearTimeout(timer.current);
          else later(event.target.value);
        }}
        onCompositionEnd={(event) => later(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Enter") send(draft);
          if (event.key !== "Escape" || draft === "") return;
          event.preventDefault(); // Esc empties the box first, and closes the panel next
          write("");
          send("");
        }}
      />
    </label>
  );
}
