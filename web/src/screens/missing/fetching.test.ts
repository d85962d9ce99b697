import { expect, test } from "vitest";
import { isUnfetched } from "./fetching";

test.each([
  "Failed to fetch dynamically imported module: http://127.0.0.1:8888/assets/matches-1.js",
  "error loading dynamically imported module: http://127.0.0.1:8888/assets/matches-1.js",
  "Importing a module script failed.",
  "Unable to preload CSS for /assets/ranking-1.css",
])("a screen that did not come: %s", (message) => {
  expect(isUnfetched(new TypeError(message))).toBe(true);
});

test("a screen that broke is another thing", () => {
  expect(isUnfetched(new TypeError("x is undefined"))).toBe(false);
  expect(isUnfetched("Unable to preload CSS")).toBe(false);
});
