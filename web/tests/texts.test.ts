// @vitest-environment node
/** Every text is used, and Chinese is punctuated as Chinese. (That each use has a text, the types see to.) */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadTexts } from "@/texts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    if (one.isDirectory()) return one.name === "generated" ? [] : sources(path);
    return /\.tsx?$/.test(one.name) && !/\.test\./.test(one.name) ? [path] : [];
  });
}

function keys(): string[] {
  const folder = join(ROOT, "messages/en");
  return readdirSync(folder).flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(folder, file), "utf8"))).map(
      (key) => `${file.replace(".json", "")}.${key}`,
    ),
  );
}

test("no text is left over", () => {
  const code = sources(join(ROOT, "src"))
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  const literals = new Set([...code.matchAll(/["'`]([a-z]+\.[a-z0-9_]+)["'`]/g)].map((found) => found[1]));
  // a key that is put together: `parts.source_${source}` uses all that begin like this
  const beginnings = [...code.matchAll(/`([a-z]+\.[a-z0-9_]*)\$\{/g)].map((found) => found[1]!);
  const unused = keys().filter(
    (key) => !literals.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
  );
  expect(unused).toEqual([]);
});

test("Chinese has no half-width punctuation between Han characters", () => {
  const folder = join(ROOT, "messages/zh-CN");
  const wrong = readdirSync(folder).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, string>)
      .filter(([, text]) => /\p{Script=Han}[,;:?!]\s?\p{Script=Han}/u.test(text))
      .map(([key]) => `${file} ${key}`),
  );
  expect(wrong).toEqual([]);
});

test("a text takes its arguments in both languages", async () => {
  const [en, zh] = await Promise.all([loadTexts("en"), loadTexts("zh-CN")]);
  expect(en("signin.wait", { seconds: 3 })).toBe("Wait 3 s");
  expect(zh("signin.wait", { seconds: 3 })).toBe("请等待 3 秒");
});
