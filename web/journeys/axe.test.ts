/** Every screen by the rules of axe (WCAG 2.2 AA): in Chinese, light and wide always, every other way in the long form. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { launch, open, signIn } from "./browser.mjs";
import { PASSWORD, USER } from "./looma.mjs";
import { type Screen, samples, screens, upload, visit } from "./screens.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const address = inject("address");
let browser: Browser;
let all: Screen[];

beforeAll(async () => {
  browser = await launch();
  const context = await open(browser, { address });
  await signIn(context, address, USER, PASSWORD);
  all = await screens(context, address, await upload(context, address, samples()));
  await context.close();
});
afterAll(() => browser.close());

const combinations = ["zh-CN", "en"].flatMap((language) =>
  ["light", "dark"].flatMap((theme) => [1440, 375].map((width) => ({ language, theme, width }))),
);
const [first, ...others] = combinations;

async function violations(page: import("playwright-core").Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => (window as never as Axe).axe.run({ runOnly: tags }), TAGS);
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

interface Axe {
  axe: { run: (how: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
}

async function look(how: typeof first) {
  const context = await open(browser, { address, ...how });
  const faults: Record<string, string[]> = {};
  const complaints: string[] = [];
  for (const screen of all) {
    if (!screen.signedOut) await signIn(context, address, USER, PASSWORD);
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(`${screen.name}: ${error.message}`));
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) complaints.push(`${screen.name}: ${message.text()}`);
    });
    await visit(page, address + screen.path, screen);
    const found = await violations(page);
    if (found.length) faults[screen.name] = found;
    await page.close();
  }
  await context.close();
  return { faults, complaints };
}

describe("axe finds nothing", () => {
  test("in Chinese, light, wide", async () => {
    expect(await look(first)).toEqual({ faults: {}, complaints: [] });
  }, 240_000);

  test.skipIf(!process.env.LOOMA_LONG).each(others)(
    "%o",
    async (how) => {
      expect(await look(how)).toEqual({ faults: {}, complaints: [] });
    },
    240_000,
  );
});
