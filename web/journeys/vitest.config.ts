import { defineConfig } from "vitest/config";

/** Journeys through the running system in a real browser. One after another: there are few cores and one Looma. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["*.test.ts"],
    globalSetup: ["setup.ts"],
    fileParallelism: false,
    // Limits for what hangs, not measures of speed: a machine with much else to do takes minutes for all screens.
    testTimeout: 400_000,
    hookTimeout: 200_000,
  },
});
