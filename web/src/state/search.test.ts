import { expect, test } from "vitest";
import { ownPath } from "@/screens/signin/search";
import { flag, number, oneOf, text, texts, told } from "./search";

test("what an address holds is checked, never trusted", () => {
  expect(text("  ")).toBeUndefined();
  expect(text({})).toBeUndefined();
  expect(text(2026)).toBe("2026");
  expect(text("x".repeat(300))).toHaveLength(200);
  expect(() => encodeURIComponent(text(`${"x".repeat(199)}🧵`)!)).not.toThrow();
  expect(text(`${"x".repeat(198)}🧵`)).toHaveLength(200);
  expect(oneOf("up", ["up", "down"])).toBe("up");
  expect(oneOf("__proto__", ["up", "down"])).toBeUndefined();
  expect(flag("true")).toBe(true);
  expect(flag("yes")).toBeUndefined();
  expect(number("7", 0, 60)).toBe(7);
  expect(number("seven", 0, 60)).toBeUndefined();
  expect(number(61, 0, 60)).toBeUndefined();
  expect(texts(["a", 3, "", "b"])).toEqual(["a", "b"]);
  expect(texts("a")).toBeUndefined();
});

test("what is not understood covers what the address says", () => {
  expect({ way: "sideways", ...told({ way: oneOf("sideways", ["up", "down"]) }) }).toEqual({ way: undefined });
  expect({ way: "up", ...told({ way: oneOf("up", ["up", "down"]) }) }).toEqual({ way: "up" });
});

test.each([
  ["/people?q=x", "/people?q=x"],
  ["//elsewhere.example", undefined],
  ["/\\elsewhere.example", undefined],
  ["/\t/elsewhere.example", undefined],
  ["https://elsewhere.example", undefined],
  ["/signin?next=/", undefined],
  [undefined, undefined],
])("after the sign-in %s leads to %s", (told, path) => {
  expect(ownPath(told)).toBe(path);
});
