/** The search field over everything: people, jobs and companies by a part of their names, and places to go. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Briefcase, Building2, Search, User } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { foundQuery } from "@/api/finding";
import { Kbd } from "@/parts/Button";
import { Sheet } from "@/parts/Dialog";
import menu from "@/parts/Menu.module.css";
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

function useEntries(asked: string): Entry[] {
  const t = useTexts();
  const navigate = useNavigate();
  const { data } = useQuery(foundQuery(asked));
  const places = [...UPPER, ...LOWER]
    .filter((place) => t(place.text).toLowerCase().includes(asked.toLowerCase()))
    .map((place) => ({
      id: place.to,
      group: t("frame.places"),
      text: t(place.text),
      icon: place.icon,
      go: () => navigate({ to: place.to }),
    }));
  if (!asked) return places;
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
  return [...people, ...jobs, ...companies, search, ...places];
}

function Found({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const id = useId();
  const [asked, ask] = useState("");
  const [at, move] = useState(0);
  const entries = useEntries(useDeferredValue(asked.trim()));
  const current = Math.min(at, entries.length - 1);

  function choose(entry: Entry | undefined) {
    if (!entry) return;
    onClose();
    entry.go();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") move(Math.min(entries.length - 1, current + 1));
    else if (event.key === "ArrowUp") move(Math.max(0, current - 1));
    else if (event.key === "Enter") choose(entries[current]);
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
          value={asked}
          onChange={(event) => {
            ask(event.target.value);
            move(0);
          }}
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
