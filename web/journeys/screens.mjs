// Every screen with an address at which it has something to show: for the screenshots and for axe.
import { readFileSync } from "node:fs";

/** A client of the running Looma's API that is signed in. */
export function api(context, address) {
  return async (path, body) => {
    const options = { headers: { origin: address } };
    const answer = body
      ? await context.request.post(address + path, { ...options, data: body })
      : await context.request.get(address + path, options);
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()).data;
  };
}

/** Hand in files and wait until the run is over; its id. */
export async function upload(context, address, files) {
  const form = new FormData();
  for (const { name, type, data } of files) form.append("file", new Blob([data], { type }), name);
  const sent = await context.request.fetch(`${address}/api/v1/workflows/resume-match`, {
    method: "POST",
    headers: { origin: address },
    multipart: form,
  });
  if (!sent.ok()) throw new Error(`upload: ${sent.status()} ${await sent.text()}`);
  const id = (await sent.json()).data.run_id;
  const ask = api(context, address);
  for (;;) {
    const run = await ask(`/api/v1/runs/${id}`);
    if (["done", "dead", "cancelled"].includes(run.state)) return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The screens by name. `signedOut` ones are looked at without a sign-in. */
export async function screens(context, address, run) {
  const ask = api(context, address);
  const [{ result }, { items: companies }] = await Promise.all([
    ask(`/api/v1/runs/${run}`),
    ask("/api/v1/companies?limit=1"),
  ]);
  const read = result.files.find((file) => file.filename === "resume-en.txt");
  const [person, job] = [read.talent_id, read.matches[0].job_id];
  return [
    { name: "sign-in", path: "/signin", signedOut: true },
    { name: "home", path: "/" },
    { name: "people", path: "/people" },
    { name: "people-open", path: `/people?open=${person}` },
    { name: "people-new", path: "/people?new=true", dialog: true },
    { name: "person", path: `/people/${person}` },
    { name: "person-resume", path: `/people/${person}?tab=resume` },
    { name: "person-matches", path: `/people/${person}?tab=matches` },
    { name: "person-history", path: `/people/${person}?tab=history` },
    { name: "companies", path: "/companies" },
    { name: "companies-open", path: `/companies?open=${companies[0].id}` },
    { name: "company", path: `/companies/${companies[0].id}` },
    { name: "jobs", path: "/jobs" },
    { name: "jobs-open", path: `/jobs?open=${job}` },
    { name: "jobs-new", path: "/jobs?new=true", dialog: true },
    { name: "job", path: `/jobs/${job}` },
    { name: "matches", path: "/matches" },
    { name: "matches-people", path: `/matches?job=${job}&open=${person}` },
    { name: "matches-jobs", path: `/matches?talent=${person}&open=${job}` },
    { name: "search", path: "/search" },
    { name: "search-found", path: "/search?q=Kubernetes" },
    { name: "search-nothing", path: "/search?q=zzzqqq&way=text" },
    { name: "upload", path: "/upload" },
    { name: "upload-done", path: `/upload?run=${run}` },
    { name: "settings", path: "/settings" },
    { name: "missing", path: "/nowhere" },
  ];
}

const QUIET_MS = 150;

/** Count the requests of a page that are under way; event streams never end and are not counted. */
export function watch(page) {
  const pending = new Set();
  page.on("request", (request) => request.resourceType() !== "eventsource" && pending.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => pending.delete(request));
  return pending;
}

/** Go to an address and wait until the screen has everything: nothing is asked for a while, no skeleton stands. */
export async function visit(page, url, { dialog = false } = {}) {
  const pending = watch(page);
  await page.goto(url);
  for (let quiet = 0; quiet < QUIET_MS; quiet += 30) {
    await page.waitForTimeout(30);
    if (pending.size) quiet = 0;
  }
  await page.waitForFunction(
    (words) => !document.querySelector(words.map((one) => `[role=status][aria-label="${one}"]`).join()),
    ["Loading", "正在加载"],
  );
  if (dialog) await page.getByRole("dialog").waitFor();
  // a dialog on a touch screen stays unseen until the page knows where a keyboard would stand
  await page.waitForFunction(() => {
    for (let one = document.querySelector("[role=dialog]"); one; one = one.parentElement) {
      if (getComputedStyle(one).opacity !== "1") return false;
    }
    return true;
  });
}

const SAMPLES = new URL("../../src/looma/demo/samples/", import.meta.url);

/** Two files that can be read and one that cannot. */
export function samples() {
  return [
    {
      name: "resume-zh.docx",
      type: "application/octet-stream",
      data: readFileSync(new URL("resume-zh.docx", SAMPLES)),
    },
    { name: "resume-en.txt", type: "text/plain", data: readFileSync(new URL("resume-en.txt", SAMPLES)) },
    { name: "broken.pdf", type: "application/pdf", data: Buffer.from("%PDF-1.7\nthis goes on in no way\n") },
  ];
}
