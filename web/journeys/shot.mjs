// One screenshot of one address of a running Looma:
//   node journeys/shot.mjs ADDRESS PATH OUT.png [--language en] [--theme dark] [--width 375] [--user NAME] [--password P]
import { parseArgs } from "node:util";
import { launch, open, signIn } from "./browser.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    language: { type: "string", default: "zh-CN" },
    theme: { type: "string", default: "light" },
    width: { type: "string", default: "1440" },
    user: { type: "string", default: "admin" },
    password: { type: "string", default: process.env.LOOMA_ADMIN_PASSWORD ?? "" },
    full: { type: "boolean", default: false },
  },
});
const [address, path, out] = positionals;
const browser = await launch();
const context = await open(browser, { address, ...values, width: Number(values.width) });
if (values.password) await signIn(context, address, values.user, values.password);
const page = await context.newPage();
page.on("console", (message) => message.type() === "error" && console.error(message.text()));
page.on("pageerror", (error) => console.error(error.message));
await page.goto(address + path);
await page.waitForLoadState("networkidle");
await page.waitForTimeout(400);
await page.screenshot({ path: out, fullPage: values.full });
await browser.close();
