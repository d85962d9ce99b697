import { describe, expect, it } from "vitest";
import { cutter } from "@/parts/passages";
import { sample } from "../sample";
import { isHeading, sheetsOf } from "./blocks";

const { parsed, at } = sample();

describe("sheetsOf", () => {
  it("loses no character of the text, with pages and without", () => {
    const cut = cutter(parsed.text);
    const second = at("EDUCATION").start;
    const pages = [
      { number: 1, start: 0, end: second - 1 }, // a line feed stands between the pages
      { number: 2, start: second, end: Array.from(parsed.text).length },
    ];
    for (const one of [parsed, { ...parsed, pages }]) {
      const blocks = sheetsOf(one).flatMap((sheet) => sheet.blocks);
      expect(blocks.map((block) => cut(block.start, block.end)).join("")).toBe(parsed.text);
    }
    expect(sheetsOf({ ...parsed, pages }).map((sheet) => sheet.page)).toEqual([1, 2]);
  });

  it("finds the name and the headings", () => {
    const cut = cutter(parsed.text);
    const found = sheetsOf(parsed)[0]!.blocks.filter((block) => block.kind !== "text");
    expect(found.map((block) => [block.kind, cut(block.start, block.end).trim()])).toEqual([
      ["name", "🧵 𠮷野 Rui"],
      ["heading", "EXPERIENCE"],
      ["heading", "EDUCATION"],
      ["heading", "SKILLS"],
    ]);
  });
});

describe("isHeading", () => {
  it.each([
    "Work Experience",
    "一、关于我",
    "【教育背景】",
    "技能与证书：",
    "TECHNICAL SKILLS",
    "Licences and certificates",
  ])("takes %s", (line) => expect(isHeading(line)).toBe(true));
  it.each(["", "SAP", "Ran the education programme", "工作经历丰富，善于沟通", "BSc, Logistics, 2013 - 2016"])(
    "leaves %s",
    (line) => expect(isHeading(line)).toBe(false),
  );

  it("is done with a line of any length before anybody notices", () => {
    const begin = performance.now();
    expect(isHeading(`x${"_".repeat(100_000)}x`)).toBe(false);
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
