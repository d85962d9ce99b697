/** Numbers, dates and durations as they are written in the language that is read. */
import { type Language, useLanguage } from ".";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

/** Formatters of a language. */
export function formats(language: Language) {
  const number = new Intl.NumberFormat(language);
  const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const comma = language === "zh-CN" ? "、" : ", ";
  return {
    number: (value: number) => number.format(value),
    /** With one decimal: scores and points. */
    one: (value: number) => one.format(value),
    /** A share of 0–1. */
    percent: (share: number) => percent.format(share),
    day: (iso: string) => day.format(new Date(iso)),
    moment: (iso: string) => moment.format(new Date(iso)),
    /** Things beside each other, without an “and”. */
    list: (items: string[]) => items.join(comma),
    /** How long ago, in the largest whole unit. */
    ago: (iso: string, now = Date.now()) => {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      for (const [unit, size] of UNITS) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
      }
      return relative.format(0, "second");
    },
    /** A file's size. */
    bytes: (size: number) => {
      const power = size < 1024 ? 0 : size < 1024 ** 2 ? 1 : 2;
      const [value, unit] = [size / 1024 ** power, ["byte", "kilobyte", "megabyte"][power]];
      const maximumFractionDigits = value < 10 && power > 0 ? 1 : 0;
      // the short form of the unit itself is “1 byte, 2 byte” in English
      const unitDisplay = power === 0 ? "long" : "short";
      return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay, maximumFractionDigits }).format(value);
    },
  };
}

export type Formats = ReturnType<typeof formats>;

/** They are dear to make, and a list has some in each row. */
const made = new Map<Language, Formats>();

/** Formatters of the language that is read. */
export function useFormats(): Formats {
  const language = useLanguage();
  const known = made.get(language) ?? formats(language);
  made.set(language, known);
  return known;
}
