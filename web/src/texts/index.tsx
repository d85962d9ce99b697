/** The texts of the page in the language of whoever reads: `const t = useTexts(); t("people.title")`. */
import { type LocalizedString, LocalizedStringDictionary, LocalizedStringFormatter } from "@internationalized/string";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { I18nProvider } from "react-aria-components";
import type { Arguments } from "./generated/arguments";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];
export type TextKey = keyof Arguments;
/** Keys of texts that take no arguments. */
export type PlainKey = { [K in TextKey]: Arguments[K] extends undefined ? K : never }[TextKey];
export type Texts = <K extends TextKey>(
  key: K,
  ...given: Arguments[K] extends undefined ? [] : [Arguments[K]]
) => string;

const LOADERS: Record<Language, () => Promise<{ default: Record<string, LocalizedString> }>> = {
  "zh-CN": () => import("./generated/zh-CN.js"),
  en: () => import("./generated/en.js"),
};

/** The texts of one language; only the one that is read is fetched. */
export async function loadTexts(language: Language): Promise<Texts> {
  const strings = (await LOADERS[language]()).default;
  const formatter = new LocalizedStringFormatter(
    language,
    new LocalizedStringDictionary({ [language]: strings }, language),
  );
  return (key, ...given) => formatter.format(key, given[0]);
}

const Reading = createContext<{ language: Language; texts: Texts } | null>(null);

/** Gives everything below the texts of a language. */
export function TextsProvider(props: { language: Language; texts: Texts; children: ReactNode }) {
  const { language, texts, children } = props;
  const reading = useMemo(() => ({ language, texts }), [language, texts]);
  return (
    <Reading value={reading}>
      <I18nProvider locale={language === "en" ? "en-US" : language}>{children}</I18nProvider>
    </Reading>
  );
}

function useReading() {
  const reading = useContext(Reading);
  if (!reading) throw new Error("no texts here: TextsProvider is missing");
  return reading;
}

/** The function that gives a text by its key. */
export const useTexts = (): Texts => useReading().texts;

/** The language that is read. */
export const useLanguage = (): Language => useReading().language;
