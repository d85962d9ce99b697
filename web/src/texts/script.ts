/** Which language a text is written in, for `lang`: fonts and screen readers go by it. */
export function languageOf(text: string | null | undefined): "zh-CN" | "en" | undefined {
  if (!text) return undefined;
  return /\p{Script=Han}/u.test(text) ? "zh-CN" : "en";
}
