import { afterEach, expect, test, vi } from "vitest";
import { throttled } from "./follow";

afterEach(() => vi.useRealTimers());

test("many events soon after one another are one question in each pause", async () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const again = throttled(act, 300);
  for (let number = 0; number < 20; number += 1) again();
  await vi.advanceTimersByTimeAsync(1);
  expect(act).toHaveBeenCalledTimes(1);
  again();
  again();
  await vi.advanceTimersByTimeAsync(200);
  expect(act).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(act).toHaveBeenCalledTimes(2);
  again();
  again.cancel();
  await vi.advanceTimersByTimeAsync(1000);
  expect(act).toHaveBeenCalledTimes(2);
});

test("a question that takes longer than the pause is answered before the next is asked", async () => {
  vi.useFakeTimers();
  const act = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  const again = throttled(act, 300);
  for (let number = 0; number < 9; number += 1) {
    again();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(act).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(act).toHaveBeenCalledTimes(2); // what happened meanwhile is asked for, once
  await vi.advanceTimersByTimeAsync(5000);
  expect(act).toHaveBeenCalledTimes(2);
});

test("nothing is asked after the end, even when a question was under way", async () => {
  vi.useFakeTimers();
  const act = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  const again = throttled(act, 300);
  again();
  await vi.advanceTimersByTimeAsync(100);
  again();
  again.cancel();
  await vi.advanceTimersByTimeAsync(5000);
  expect(act).toHaveBeenCalledTimes(1);
});
