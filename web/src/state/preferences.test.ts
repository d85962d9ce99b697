import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());

async function read(kept: string) {
  localStorage.setItem("looma.preferences", kept);
  return (await import("./preferences")).preferences();
}

test("what was kept holds, and what nobody knows any more does not", async () => {
  const kept = { language: "zh-CN", theme: "sepia", density: "roomy", letters: false };
  expect(await read(JSON.stringify(kept))).toEqual({
    language: "zh-CN",
    theme: "system",
    density: "comfortable",
    letters: false,
  });
});

test.each(["{", "null", "[]", '"x"'])("%s is as nothing", async (kept) => {
  expect(await read(kept)).toMatchObject({ theme: "system", density: "comfortable", letters: true });
});
