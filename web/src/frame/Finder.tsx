/** The search field over everything: people, jobs and companies by a part of their names, and places to go. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Briefcase, Building2, Search, User } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { foundQuery } from "@/api/finding";
import { Kbd } from "@/parts/Button";
import { Sheet } from "@/parts/Dialog";
import menu from "@/parts/Menu.module.css";
import { isComposing } from "@/state/keys";
import { useRested } from "@/state/rested";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Frame.module.css";
import { LOWER, UPPER } from "./places";

interface Entry {
  id: string;
  group: string;
  text: string;
  more?: string | null;
  icon: typeof User;
  go: () => unknown;
}

/** How long typing rests before it is asked. */
const REST_MS = 120;

/** What can be gone to; `settled` when it is the answer to what was asked last. */
function useEntries(asked: string): { entries: Entry[]; settled: boolean } {
  const t = useTexts();
  const navigate = useNavigate();
  const { data, isFetched, isPlaceholderData } = useQuery(foundQuery(asked));
  const places = [...UPPER, ...LOWER]
    .filter((place) => t(place.text).toLowerCase().includes(asked.toLowerCase()))
    .map((place) => ({
      id: place.to,
      group: t("frame.places"),
      text: t(place.text),
      icon: place.icon,
      go: () => navigate({ to: place.to }),
    }));
  if (!asked) return { entries: places, settled: true };
  const search: Entry = {
    id: "search",
    group: t("frame.search"),
    text: t("frame.search_for", { words: asked }),
    icon: Search,
    go: () => navigate({ to: "/search", search: { q: asked } }),
  };
  const people = (data?.talents ?? []).map((one) => ({
    id: one.id,
    group: t("frame.people"),
    text: one.name ?? t("parts.nameless"),
    more: one.headline,
    icon: User,
    go: () => navigate({ to: "/people/$id", params: { id: one.id } }),
  }));
  const jobs = (data?.jobs ?? []).map((one) => ({
    id: one.id,
    group: t("frame.jobs"),
    text: one.title,
    more: one.company,
    icon: Briefcase,
    go: () => navigate({ to: "/jobs/$id", params: { id: one.id } }),
  }));
  const companies = (data?.companies ?? []).map((one) => ({
    id: one.id,
    group: t("frame.companies"),
    text: one.name,
    more: one.location,
    icon: Building2,
    go: () => navigate({ to: "/companies/$id", params: { id: one.id } }),
  }));
  return {
    entries: [...people, ...jobs, ...companies, search, ...places],
    settled: isFetched && !isPlaceholderData,
  };
}

function Found({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const id = useId();
  const [typed, type] = useState("");
  const [words, say] = useState(""); // what is typed, without a word that is being composed
  const [at, move] = useState(0);
  const [wanted, want] = useState(false);
  const rested = useRested(words, REST_MS);
  const asked = wanted ? words : rested;
  const { entries, settled } = useEntries(asked);
  const ready = settled && asked === words;
  const current = Math.min(at, entries.length - 1);

  function choose(entry: Entry | undefined) {
    if (!entry) return;
    onClose();
    entry.go();
  }

  /** What was typed has changed: what was found until now is not what is meant. */
  function change(text: string, composing: boolean) {
    type(text);
    move(0);
    want(false);
    if (!composing) say(text.trim());
  }

  // Enter was pressed before the answer had come: it chooses from the answer, not from what stood there before.
  const first = wanted && ready ? entries[current] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as there is something to choose
  useEffect(() => choose(first), [first !== undefined]);

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "ArrowDown") move(Math.min(entries.length - 1, current + 1));
    else if (event.key === "ArrowUp") move(Math.max(0, current - 1));
    else if (event.key === "Enter" && ready) choose(entries[current]);
    else if (event.key === "Enter") want(true);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className={css.asked}>
        <Search aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the dialog is this field
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={t("frame.find")}
          placeholder={t("frame.find_hint")}
          value={typed}
          onChange={(event) => change(event.target.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => change(event.currentTarget.value, false)}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className={css.found} role="listbox" id={`${id}-list`} aria-label={t("frame.found")}>
        {entries.map((entry, number) => (
          <div key={`${entry.group} ${entry.id}`} role="presentation">
            {entry.group !== entries[number - 1]?.group && (
              <div className={css.foundhead} role="presentation">
                {entry.group}
              </div>
            )}
            <div
              id={`${id}-${number}`}
              role="option"
              tabIndex={-1}
              aria-selected={number === current}
              className={menu.item}
              data-focused={number === current || undefined}
              ref={(node) => {
                if (number === current) node?.scrollIntoView({ block: "nearest" });
              }}
              onClick={() => choose(entry)}
            >
              <entry.icon aria-hidden />
              <span lang={languageOf(entry.text)}>{entry.text}</span>
              {entry.more && (
                <span className="meta cut" lang={languageOf(entry.more)}>
                  {entry.more}
                </span>
              )}
            </div>
          </div>
        ))}
      </div>
    </>
  );
}

export function Finder({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTexts();
  return (
    <Sheet label={t("frame.find")} isOpen={isOpen} onClose={onClose}>
      <Found onClose={onClose} />
    </Sheet>
  );
}
