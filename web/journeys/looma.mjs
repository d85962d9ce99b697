// A Looma of the journeys' own: a fresh data folder with demo data, free ports.
import { spawn } from "node:child_process";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const PYTHON = process.env.LOOMA_PYTHON_OF_TESTS ?? join(ROOT, ".venv/bin/python");
export const USER = "admin";
export const PASSWORD = "correct horse battery";

/** Start it; `address` is that of the page. `stop` ends it and removes what it kept. */
export async function startLooma({ demo = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "looma-journeys-"));
  const log = join(folder, "up.log");
  const options = ["--data", join(folder, "data"), "--ports-from", "0", demo ? "--demo" : "--no-demo"];
  const looma = spawn(PYTHON, ["-m", "looma", "up", ...options], {
    env: { ...process.env, LOOMA_ADMIN_PASSWORD: PASSWORD, LOOMA_LOG_LEVEL: "WARNING" },
    stdio: ["ignore", "pipe", openSync(log, "a")],
  });
  const ended = new Promise((resolve) => looma.once("exit", resolve));
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: looma.stdout }).on("line", (line) => line.startsWith("ready ") && resolve(line));
    ended.then((code) => reject(new Error(`Looma ended with ${code}:\n${readFileSync(log, "utf8")}`)));
  });
  const address = /looma-crm=(\S+)/.exec(await ready)[1];
  async function stop() {
    looma.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
  return { address, stop };
}
