/**
 * Which language a text is written in, for `lang`: fonts and screen readers go by it. Nothing for numbers and signs
 * alone; the empty word, which HTML has for it, for a language that is neither.
 */
export function languageOf(text: string | null | undefined): "zh-CN" | "en" | "" | undefined {
  if (!text) return undefined;
  if (/\p{Script=Han}/u.test(text)) return "zh-CN";
  if (/\p{Script=Latin}/u.test(text)) return "en";
  return /\p{L}/u.test(text) ? "" : undefined;
}
