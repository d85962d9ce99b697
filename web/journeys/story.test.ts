/** What a recruiter does on the first day, by mouse: from the door to the reasons of the best job, and out again. */
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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
  files = await documents(browser, join(tmpdir(), `looma-story-${process.pid}`));
});
afterAll(() => browser.close());

/** Let files fall onto the page, as a hand would. */
async function drop(page: Page, paths: string[]) {
  const dropped = paths.map((path) => ({ name: basename(path), data: readFileSync(path).toString("base64") }));
  const transfer = await page.evaluateHandle((all) => {
    const made = new DataTransfer();
    for (const { name, data } of all) {
      made.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name));
    }
    return made;
  }, dropped);
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent("main", event, { dataTransfer: transfer });
  }
}

test("sign in, drop five files, read a person, see the best job and why, in another language, and leave", async () => {
  const context = await open(browser, { address });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);

  // the door, and back to where one wanted to go
  await page.goto(`${address}/upload`);
  await page.getByLabel("用户名").fill(USER);
  await page.getByLabel("密码").fill("not this one");
  await page.getByRole("button", { name: "登录" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("密码").fill(PASSWORD);
  await page.getByRole("button", { name: "登录" }).click();
  await page.waitForURL(`${address}/upload`);

  // four résumés and a damaged file
  await drop(page, Object.values(files));
  await page.waitForURL(/run=/);
  await page.getByRole("progressbar").first().waitFor();
  const list = page.getByRole("listitem");
  const person = list.filter({ hasText: "林示例" }).first();
  await person.waitFor();
  for (const name of ["Sam Exampleton", "周样例", "Nora Placeholder"])
    await list.filter({ hasText: name }).first().waitFor();
  const broken = list.filter({ hasText: "broken.pdf" }).first();
  await broken.getByRole("button", { name: /重试/ }).waitFor();
  const told = await page.getByRole("main").textContent();
  expect(told).toContain("broken.pdf");

  // leave and come back: it is all there
  const upload = page.url();
  await page.getByRole("link", { name: "首页" }).click();
  await page.goBack();
  expect(page.url()).toBe(upload);
  await person.waitFor();

  // a person, whose facts and their places light each other
  await person.getByRole("link", { name: "林示例" }).first().click();
  await page.getByRole("heading", { level: 1, name: "林示例" }).waitFor();
  await page.getByRole("link", { name: "简历", exact: true }).click();
  await page.waitForURL(/tab=resume/);
  const field = page.locator("[data-f]", { hasText: "示例智能科技有限公司" }).last();
  const mark = page.locator("mark", { hasText: "示例智能科技有限公司" }).first();
  await field.hover();
  await expect.poll(() => mark.getAttribute("data-on")).not.toBeNull();
  await page.mouse.move(0, 0);
  await expect.poll(() => mark.getAttribute("data-on")).toBeNull();
  await mark.hover();
  await expect.poll(() => page.locator("[data-f][data-on]").count()).toBeGreaterThan(0);

  // the best job and its reasons, with the words of both sides
  await page.getByRole("link", { name: "匹配职位" }).first().click();
  await page.waitForURL(/\/matches\?talent=/);
  const best = page.getByRole("main").locator("ol > li").first();
  await best.getByRole("link").first().click();
  await page.waitForURL(/open=/);
  const why = page.locator("section[aria-labelledby=explanation]");
  await why.getByText("符合的依据").waitFor();
  expect(await why.locator("blockquote").count()).toBeGreaterThan(1);
  expect(await why.textContent()).toContain("推荐");
  await why.getByRole("link", { name: "打开职位" }).click();
  await page.waitForURL(/\/jobs\//);
  await page.locator("mark").first().waitFor();
  const job = await page.getByRole("heading", { level: 1 }).textContent();

  // another language, another theme, and the same state after a reload
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Home" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  await page.getByRole("button", { name: USER }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.keyboard.press("Escape");
  const before = page.url();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: job! }).waitFor();
  expect(page.url()).toBe(before);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.getByRole("link", { name: "Home" }).waitFor();

  // out, and nothing is open any more
  await page.getByRole("button", { name: USER }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/signin/);
  await page.goto(`${address}/people`);
  await page.waitForURL(/\/signin\?next=/);
  await context.close();
});
