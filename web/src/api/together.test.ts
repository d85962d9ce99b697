import { beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "./client";
import { together } from "./together";

const record = (id: string) => ({ id, name: id.toUpperCase() });
const one = vi.fn(async (id: string) => record(id));
const many = vi.fn(async (ids: string[]) => ids.filter((id) => id !== "gone").map(record));
const ask = together({ one, many });
beforeEach(() => void [one, many].map((each) => each.mockClear()));

test("what is asked for in one moment is one request, each record once", async () => {
  const found = await Promise.all([ask("a"), ask("b"), ask("a")]);
  expect(found.map(({ name }) => name)).toEqual(["A", "B", "A"]);
  expect(many.mock.calls).toEqual([[["a", "b"]]]);
  expect(one).not.toHaveBeenCalled();
});

test("a record that is asked for alone is fetched alone", async () => {
  await ask("a");
  await ask("b");
  expect(one.mock.calls).toEqual([["a"], ["b"]]);
  expect(many).not.toHaveBeenCalled();
});

test("one that is gone is missing by itself, and a fault is everybody's", async () => {
  const [known, gone] = await Promise.allSettled([ask("a"), ask("gone")]);
  expect(known).toMatchObject({ status: "fulfilled" });
  expect(gone).toMatchObject({ status: "rejected", reason: { status: 404 } });
  many.mockRejectedValueOnce(new ApiError("network", "", 0, null));
  const all = await Promise.allSettled([ask("a"), ask("b")]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test("no request asks for more than the server takes", async () => {
  await Promise.all(Array.from({ length: 450 }, (_, number) => ask(String(number))));
  expect(many.mock.calls.map(([ids]) => ids.length)).toEqual([200, 200, 50]);
});
