import { expect, test } from "vitest";
import { formats } from "./format";

const [en, zh] = [formats("en"), formats("zh-CN")];

test.each([
  [1, "1 byte", "1字节"],
  [47, "47 bytes", "47字节"],
  [1536, "1.5 kB", "1.5 kB"],
  [96 * 1024, "96 kB", "96 kB"],
  [3.1 * 1024 * 1024, "3.1 MB", "3.1 MB"],
])("%d bytes", (size, inEnglish, inChinese) => {
  expect([en.bytes(size), zh.bytes(size)]).toEqual([inEnglish, inChinese]);
});

test("things beside each other", () => {
  expect([en.list(["2", "3"]), zh.list(["2", "3"])]).toEqual(["2, 3", "2、3"]);
});

test("how long ago, in the largest whole unit", () => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  expect(en.ago("2026-11-25T11:59:50Z", now)).toBe("now");
  expect(en.ago("2026-11-25T09:30:00Z", now)).toBe("2 hours ago");
  expect(zh.ago("2026-11-24T12:00:00Z", now)).toBe("昨天");
});

test("points and scores have one decimal, shares are percents", () => {
  expect([en.one(66.84), en.one(100), en.percent(0.5)]).toEqual(["66.8", "100.0", "50%"]);
});
