import { defineConfig } from "vitest/config";

/** Journeys through the running system in a real browser. One after another: there are few cores and one Looma. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    globalSetup: ["setup.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
