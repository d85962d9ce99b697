// @vitest-environment node
/** What a first visit fetches, read from the build's own manifest. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const MANIFEST = join(DIST, ".vite/manifest.json");
const KB = 1024;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
}

function manifest(): Record<string, Chunk> {
  if (!existsSync(MANIFEST)) throw new Error("there is no build to measure: npm run build");
  return JSON.parse(readFileSync(MANIFEST, "utf8"));
}

/** The files that a chunk needs with everything that it imports at once. */
function filesOf(all: Record<string, Chunk>, names: string[]): Set<string> {
  const [files, seen, waiting] = [new Set<string>(), new Set<string>(), [...names]];
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const chunk = all[name];
    if (!chunk) throw new Error(`the manifest has no ${name}`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

const packed = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file))).length, 0);

const screenOf = (name: string) => `src/screens/${name}/index.tsx`;

describe.each(["en", "zh-CN"])("the build in %s", (language) => {
  const first = () => filesOf(manifest(), ["index.html", screenOf("people"), `src/texts/generated/${language}.js`]);

  test("the frame and the list of people are at most 180 KB packed", () => {
    expect(packed(first()) / KB).toBeLessThanOrEqual(180);
  });

  test("any further page is at most 60 KB more", () => {
    const all = manifest();
    const known = first();
    const screens = (all["index.html"]?.dynamicImports ?? []).filter((name) => name.startsWith("src/screens/"));
    expect(screens.length).toBeGreaterThan(8);
    for (const screen of screens) {
      const more = [...filesOf(all, [screen])].filter((file) => !known.has(file));
      expect(packed(more) / KB, screen).toBeLessThanOrEqual(60);
    }
  });
});

test("nothing comes from elsewhere", () => {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^\/assets\//);
  for (const file of filesOf(manifest(), ["index.html"])) {
    if (file.endsWith(".css"))
      expect(readFileSync(join(DIST, file), "utf8")).not.toMatch(/url\((?!["']?data:)["']?http/);
  }
});
