// Pictures of every screen, in both languages and themes, wide and narrow: npm run screenshots [-- FOLDER [ADDRESS]]
// Without an address it starts a Looma with demo data for it (LOOMA_ADMIN_PASSWORD signs in to one that runs).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, open, signIn } from "./browser.mjs";
import { PASSWORD, startLooma, USER } from "./looma.mjs";
import { samples, screens, upload, visit } from "./screens.mjs";

const [folder = "screenshots", given] = process.argv.slice(2);
const looma = given ? { address: given, stop: () => {} } : await startLooma();
const { address } = looma;
const password = given ? (process.env.LOOMA_ADMIN_PASSWORD ?? PASSWORD) : PASSWORD;
const browser = await launch();
try {
  mkdirSync(folder, { recursive: true });
  const first = await open(browser, { address });
  await signIn(first, address, USER, password);
  const all = await screens(first, address, await upload(first, address, samples()));
  for (const language of ["zh-CN", "en"]) {
    for (const theme of ["light", "dark"]) {
      for (const width of [1440, 375]) {
        const context = await open(browser, { address, language, theme, width, height: width === 375 ? 812 : 900 });
        for (const screen of all) {
          if (!screen.signedOut) await signIn(context, address, USER, password);
          const page = await context.newPage();
          await visit(page, address + screen.path, screen);
          await page.screenshot({ path: join(folder, `${screen.name}.${language}.${theme}.${width}.png`) });
          await page.close();
        }
        await context.close();
      }
    }
  }
  console.log(`${all.length * 8} pictures are in ${folder}`);
} finally {
  await browser.close();
  await looma.stop();
}
