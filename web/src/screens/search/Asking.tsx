/** The field of the search. What is typed is asked after a short rest, and at once on Enter. */
import { useEffect, useRef, useState } from "react";
import { TextField } from "@/parts/Fields";
import { isComposing } from "@/state/keys";
import { useTexts } from "@/texts";

/** How long a person rests before what they typed is asked. */
const REST_MS = 350;

export function Asking(props: { value: string; onAsk: (words: string) => void; onDown: () => void }) {
  const { value, onAsk, onDown } = props;
  const t = useTexts();
  const [typed, type] = useState(value);
  const asked = useRef(value);
  const composing = useRef(false);
  const [composed, compose] = useState(0);
  const ask = useRef(onAsk);
  ask.current = onAsk;

  useEffect(() => {
    if (value === asked.current) return; // what came back is what was sent
    asked.current = value;
    type(value);
  }, [value]);

  function send(words: string) {
    if (words === asked.current) return;
    asked.current = words;
    ask.current(words);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `send` looks at refs alone; the end of composing counts
  useEffect(() => {
    const timer = setTimeout(() => composing.current || send(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed, composed]);

  return (
    <TextField
      label={t("search.label")}
      bare
      type="search"
      placeholder={t("search.placeholder")}
      value={typed}
      onChange={type}
      maxLength={1000}
      autoFocus={value === ""}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        compose(composed + 1);
      }}
      onKeyDown={(event) => {
        if (isComposing(event.nativeEvent)) return;
        if (event.key === "Enter") send(typed.trim());
        else if (event.key === "ArrowDown") onDown();
      }}
    />
  );
}
