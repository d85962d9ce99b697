// How fast the page is in a browser, against a Looma of its own with demo data and 5,000 more people: npm run bench
import { launch, open, signIn } from "./browser.mjs";
import { PASSWORD, startLooma, USER } from "./looma.mjs";
import { visit } from "./screens.mjs";

const PEOPLE = 5_000;
const OPENED = 40;

const sorted = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];
const line = (name, values, unit = "ms") =>
  console.log(
    `${name.padEnd(52)} p50 ${quantile(values, 0.5).toFixed(0)} ${unit}, p95 ${quantile(values, 0.95).toFixed(0)} ${unit}, ` +
      `most ${Math.max(...values).toFixed(0)} ${unit} (n=${values.length})`,
  );

async function fill(context, address) {
  const made = Array.from({ length: PEOPLE }, (_, number) => number);
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let number = made.pop(); number !== undefined; number = made.pop()) {
        const data = { name: `Sample ${number}`, headline: `Placeholder ${number % 97}`, location: "Dublin" };
        const answer = await context.request.post(`${address}/api/v1/talents`, { data, headers: { origin: address } });
        if (!answer.ok()) throw new Error(await answer.text());
      }
    }),
  );
  console.log(`${PEOPLE} people made in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

/** From a click on a row until the panel shows this person with everything that it has. */
async function openFromList(page, address) {
  await visit(page, `${address}/people?sort=years`);
  return page.evaluate(async (count) => {
    const rows = () => [...document.querySelectorAll("[role=row][aria-rowindex]")].slice(1);
    const times = [];
    for (let number = 0; number < count; number += 1) {
      const row = rows()[number % 12];
      const name = row.querySelector("[role=rowheader]").textContent.trim();
      row.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
      row.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 60)); // a hand rests a moment before it clicks
      const begin = performance.now();
      row.click();
      for (;;) {
        await new Promise(requestAnimationFrame);
        const panel = document.querySelector("main aside");
        if (panel?.textContent.includes(name) && !panel.querySelector('[role=status][aria-label="Loading"]')) break;
        if (performance.now() - begin > 5000) throw new Error(`the panel of ${name} did not come`);
      }
      times.push(performance.now() - begin);
    }
    return times;
  }, OPENED);
}

/** From a click that opens the full page until its heading and facts are there. */
async function openFully(page, address) {
  const times = [];
  for (let number = 0; number < 12; number += 1) {
    await visit(page, `${address}/people?sort=years`);
    times.push(
      await page.evaluate(async (at) => {
        const row = [...document.querySelectorAll("[role=row][aria-rowindex]")][at + 1];
        const name = row.querySelector("[role=rowheader]").textContent.trim();
        const begin = performance.now();
        row.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
        for (;;) {
          await new Promise(requestAnimationFrame);
          const title = document.querySelector("main h1")?.textContent ?? "";
          if (title.includes(name) && document.querySelector("main dl")) return performance.now() - begin;
          if (performance.now() - begin > 5000) throw new Error(`the page of ${name} did not come`);
        }
      }, number),
    );
  }
  return times;
}

/** Load everybody, then roll through all rows and look for places without one. */
async function roll(page, address) {
  await visit(page, `${address}/people`);
  return page.evaluate(async () => {
    const grid = document.querySelector("[role=grid]");
    const box = grid.parentElement;
    const total = Number(grid.getAttribute("aria-rowcount")) - 1;
    const rowHeight = document.querySelector("[role=rowheader]").getBoundingClientRect().height;
    const frame = () => new Promise(requestAnimationFrame);
    const loading = performance.now();
    while (box.scrollHeight < total * rowHeight) {
      box.scrollTop = box.scrollHeight;
      await frame();
      if (performance.now() - loading > 60_000) throw new Error("the rows do not come to an end");
    }
    const loaded = performance.now() - loading;
    box.scrollTop = 0;
    await frame();
    await frame();
    const rect = box.getBoundingClientRect();
    const [frames, points] = [[], [0.2, 0.5, 0.9].map((share) => rect.top + 40 + share * (rect.height - 60))];
    let [blank, looked, before] = [0, 0, performance.now()];
    while (box.scrollTop + box.clientHeight < box.scrollHeight - 1) {
      box.scrollTop += 400; // about nine rows a frame: a hard flick of the wheel
      await frame();
      const now = performance.now();
      frames.push(now - before);
      before = now;
      for (const y of points) {
        looked += 1;
        if (!document.elementFromPoint(rect.left + 60, y)?.closest("[role=row]")) blank += 1;
      }
    }
    return { total, loaded, frames, blank, looked };
  });
}

const looma = await startLooma();
const browser = await launch();
try {
  const context = await open(browser, { address: looma.address, language: "en" });
  await signIn(context, looma.address, USER, PASSWORD);
  const page = await context.newPage();
  line("open a person beside the list", await openFromList(page, looma.address));
  line("open a person's page", await openFully(page, looma.address));
  await fill(context, looma.address);
  const { total, loaded, frames, blank, looked } = await roll(page, looma.address);
  console.log(`${total} rows loaded in ${(loaded / 1000).toFixed(1)} s`);
  line("a frame while rolling through them", frames);
  console.log(`places without a row: ${blank} of ${looked} looked at`);
} finally {
  await browser.close();
  await looma.stop();
}
