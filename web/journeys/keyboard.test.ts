/** The same day by keyboard alone: no pointer is ever moved or pressed. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launch, open } from "./browser.mjs";
import { documents, type Kind } from "./documents.mjs";
import { PASSWORD, USER } from "./looma.mjs";

const address = inject("address");
let browser: Browser;
let files: Record<Kind, string>;

beforeAll(async () => {
  browser = await launch();
  files = await documents(browser, join(tmpdir(), `looma-keyboard-${process.pid}`));
});
afterAll(() => browser.close());

/** What a screen reader calls the element with the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLElement> };
    const name = one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent ?? "";
    return name.trim().replace(/\s+/g, " ");
  });

/** Press Tab (or Shift and Tab) until the focus is on something of this name; the focus must always be to be seen. */
async function tabTo(page: Page, name: RegExp, key = "Tab") {
  const passed: string[] = [];
  for (let step = 0; step < 150; step += 1) {
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now.slice(0, 20));
    await page.keyboard.press(key);
    const outline = await page.evaluate(() => {
      const one = document.activeElement!;
      const around = [one, ...one.querySelectorAll("i"), ...(one.parentElement ? [one.parentElement] : [])];
      return one === document.body || one.tagName === "MAIN"
        ? "body"
        : around
            .flatMap((each) => [undefined, "::after", "::before"].map((part) => getComputedStyle(each, part)))
            .map((style) => style.outlineStyle + style.boxShadow)
            .join();
    });
    expect(outline, `the focus on “${await focused(page)}” cannot be seen`).toMatch(/solid|auto|inset|body/);
  }
  throw new Error(`${name} was not reached: ${passed.join(" → ")}`);
}

test("sign in, choose five files, read a person, see the best job and why, in another language, and leave", async () => {
  const context = await open(browser, { address });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());

  await page.goto(`${address}/signin`);
  await tabTo(page, /^用户名/);
  await page.keyboard.type(USER);
  await tabTo(page, /^密码/);
  await page.keyboard.type(PASSWORD);
  await press("Enter");
  await page.waitForURL(`${address}/`);
  await page.getByRole("link", { name: "首页" }).waitFor();

  // the first stop leads past the rail; letters lead to places
  await press("Tab");
  expect(await focused(page)).toBe("跳到正文");
  await press("?");
  await page.getByRole("dialog").waitFor();
  await press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("g", "u");
  await page.waitForURL(`${address}/upload`);

  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, /^选择文件$/);
  await press("Enter");
  await (await chooser).setFiles(Object.values(files));
  await page.waitForURL(/run=/);
  await page.getByRole("link", { name: "林示例" }).first().waitFor();
  await page
    .getByRole("button", { name: /重试.*broken/ })
    .first()
    .waitFor();
  await tabTo(page, /^林示例$/);
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: "林示例" }).waitFor();

  // the fields are one stop; arrows go from one to the next, Enter goes to the text and Esc comes back
  await tabTo(page, /^简历$/);
  await press("Enter");
  await page.locator("[data-f]").first().waitFor();
  await tabTo(page, /^姓名/);
  for (let step = 0; step < 40 && !(await focused(page)).includes("示例智能科技有限公司"); step += 1)
    await press("ArrowDown");
  const field = await focused(page);
  expect(field).toContain("示例智能科技有限公司");
  const lit = page.locator("mark[data-on]");
  await expect.poll(() => lit.first().textContent()).toBeTruthy();
  await press("Enter");
  expect(await page.evaluate(() => document.activeElement?.closest("mark") !== null)).toBe(true);
  await expect.poll(() => page.locator("[data-f][data-on]").count()).toBe(1);
  await press("Escape");
  expect(await focused(page)).toBe(field);
  expect(page.url()).toContain("fact=");

  // the best job and its reasons
  await tabTo(page, /^匹配职位$/, "Shift+Tab");
  await press("Enter");
  await page.waitForURL(/\/matches\?talent=/);
  const first = (await page.getByRole("main").locator("ol > li").first().getByRole("link").first().textContent())!;
  await tabTo(page, new RegExp(`^${first.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));
  await press("Enter");
  await page.waitForURL(/open=/);
  await page.locator("section[aria-labelledby=explanation] blockquote").first().waitFor();
  await tabTo(page, /^打开职位$/);
  await press("Enter");
  await page.waitForURL(/\/jobs\//);
  await page.locator("mark").first().waitFor();

  // the search field over everything, another language, another theme
  await press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.keyboard.type("zhouyangli");
  await page
    .getByRole("option", { name: /周样例/ })
    .first()
    .waitFor();
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: "周样例" }).waitFor();
  await tabTo(page, /^English$/, "Shift+Tab");
  await press("Enter");
  await page.getByRole("link", { name: "Home" }).waitFor();
  await tabTo(page, /^A ?admin$/, "Shift+Tab");
  await press("Enter");
  await page.getByRole("menu").waitFor();
  await press("End", "ArrowUp", "Enter");
  await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
  const before = page.url();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "周样例" }).waitFor();
  expect(page.url()).toBe(before);
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");

  await tabTo(page, /^A ?admin$/);
  await press("Enter");
  await page.getByRole("menu").waitFor();
  await press("End", "Enter");
  await page.waitForURL(/\/signin/);
  await context.close();
});
