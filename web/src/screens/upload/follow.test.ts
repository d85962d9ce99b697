import { afterEach, expect, test, vi } from "vitest";
import { throttled } from "./follow";

afterEach(() => vi.useRealTimers());

test("many events soon after one another are one question in each pause", () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const again = throttled(act, 300);
  for (let number = 0; number < 20; number += 1) again();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  again();
  again();
  vi.advanceTimersByTime(200);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(200);
  expect(act).toHaveBeenCalledTimes(2);
  again();
  again.cancel();
  vi.advanceTimersByTime(1000);
  expect(act).toHaveBeenCalledTimes(2);
});
