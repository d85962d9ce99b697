import { expect, test } from "vitest";
import { languageOf } from "./script";

test.each([
  ["Anna Bell", "en"],
  ["李雷 Lei", "zh-CN"],
  ["אנה בל", ""],
  ["Анна", ""],
  ["2019 – 2024", undefined],
  ["", undefined],
  [null, undefined],
])("%s is in %s", (text, language) => {
  expect(languageOf(text)).toBe(language);
});
