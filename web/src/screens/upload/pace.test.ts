import { expect, test } from "vitest";
import { type Sample, sampled, spoken, timeLeft } from "./pace";

const all = (...told: [number, number][]) =>
  told.reduce<Sample[]>((samples, [at, settled]) => sampled(samples, { at, settled }), []);

test("nothing is estimated before two files are through", () => {
  expect(timeLeft([], 10)).toBeNull();
  expect(timeLeft(all([0, 0], [1000, 1]), 10)).toBeNull();
  expect(timeLeft(all([0, 0], [1000, 1], [4000, 2]), 10)).toBe(16_000);
});

test("who comes to a running upload measures from there", () => {
  expect(timeLeft(all([60_000, 30]), 50)).toBeNull();
  expect(timeLeft(all([60_000, 30], [70_000, 35]), 50)).toBe(30_000);
});

test("files that are asked for again begin a new pace", () => {
  const samples = all([0, 0], [1000, 5], [90_000_000, 4]);
  expect(samples).toEqual([{ at: 90_000_000, settled: 4 }]);
  expect(timeLeft(samples, 5)).toBeNull();
});

test("nothing is left when all is through, and what comes late or twice changes nothing", () => {
  expect(timeLeft(all([0, 0], [1000, 2]), 2)).toBeNull();
  expect(all([0, 0], [1000, 2], [1500, 2], [500, 3])).toEqual(all([0, 0], [1000, 2]));
});

test.each([
  [400, { unit: "seconds", count: 5 }],
  [16_000, { unit: "seconds", count: 20 }],
  [55_500, { unit: "minutes", count: 1 }],
  [61_000, { unit: "minutes", count: 2 }],
])("%i ms are said as %o", (ms, said) => {
  expect(spoken(ms)).toEqual(said);
});
