import type { TestProject } from "vitest/node";
import { executable } from "./browser.mjs";
import { startLooma } from "./looma.mjs";

declare module "vitest" {
  export interface ProvidedContext {
    address: string;
  }
}

/** One Looma for all journeys. */
export default async function setup(project: TestProject) {
  if (!executable) throw new Error("No Chromium was found: apt-get install chromium, or set LOOMA_CHROMIUM.");
  const looma = await startLooma();
  project.provide("address", looma.address);
  return looma.stop;
}
