// The system's Chromium, driven without a download of its own.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const FOUND = [process.env.LOOMA_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is; undefined where there is none. */
export const executable = FOUND.find((path) => path && existsSync(path));

/** A headless browser that asks nobody but the page's own server. */
export function launch() {
  if (!executable) throw new Error("No Chromium was found: apt-get install chromium, or set LOOMA_CHROMIUM.");
  return chromium.launch({
    executablePath: executable,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page in a language, a theme and a width, as a person with these preferences has it. */
export async function open(browser, { address, language = "zh-CN", theme = "light", width = 1440, height = 900 }) {
  const context = await browser.newContext({
    baseURL: address,
    locale: language,
    viewport: { width, height },
    reducedMotion: "reduce",
    hasTouch: width < 600,
    timezoneId: "Asia/Shanghai",
  });
  await context.addInitScript(
    ([told]) => {
      if (!localStorage.getItem("looma.preferences")) localStorage.setItem("looma.preferences", told);
    },
    [JSON.stringify({ language, theme })],
  );
  return context;
}

/** Sign in by the API, so that the context has the cookie. */
export async function signIn(context, address, username, password) {
  const answer = await context.request.post(`${address}/api/v1/auth/login`, {
    data: { username, password },
    headers: { origin: address },
  });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
}
