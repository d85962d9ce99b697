/** What a person prefers on this device: language, theme, density, single-letter keys, folded rail. */
import { useSyncExternalStore } from "react";
import { LANGUAGES, type Language } from "@/texts";

const THEMES = ["system", "light", "dark"] as const;
const DENSITIES = ["comfortable", "compact"] as const;

export interface Preferences {
  language: Language;
  theme: (typeof THEMES)[number];
  density: (typeof DENSITIES)[number];
  /** Whether single letters are shortcuts. */
  letters: boolean;
  /** Whether the rail is folded; unsaid, screens that need the width fold it. */
  folded?: boolean;
}

const KEY = "looma.preferences";

function firstLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

function read(): Preferences {
  const initial: Preferences = {
    language: firstLanguage(),
    theme: "system",
    density: "comfortable",
    letters: true,
  };
  try {
    const kept = { ...initial, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
    return {
      ...kept,
      language: LANGUAGES.includes(kept.language) ? kept.language : initial.language,
      theme: THEMES.includes(kept.theme) ? kept.theme : initial.theme,
      density: DENSITIES.includes(kept.density) ? kept.density : initial.density,
    };
  } catch {
    return initial; // damaged, or storage is forbidden here
  }
}

let now = read();
const listeners = new Set<() => void>();

/** What is preferred now, outside of components. */
export const preferences = (): Preferences => now;

/** Change what is preferred; kept on this device. */
export function prefer(change: Partial<Preferences>): void {
  now = { ...now, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // the change holds until the page is left
  }
  show();
  for (const listener of listeners) listener();
}

/** Put language, theme and density on the document. */
export function show(): void {
  const root = document.documentElement;
  root.lang = now.language;
  root.dataset.density = now.density;
  if (now.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = now.theme;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What is preferred, kept up to date. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
