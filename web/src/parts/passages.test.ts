import { describe, expect, test } from "vitest";
import { cutter, lengthOf, pieces } from "./passages";

describe("code points", () => {
  test.each([
    ["abc", 1, 2, "b"],
    ["推荐系统", 2, 4, "系统"],
    ["😀推荐", 1, 3, "推荐"],
    ["𠮷野 works", 0, 2, "𠮷野"],
  ])("%s from %d to %d is %s", (text, start, end, cut) => {
    expect(cutter(text)(start, end)).toBe(cut);
  });

  test("a text is as long as it has code points", () => {
    expect(lengthOf("😀推荐")).toBe(3);
  });
});

describe("a text in pieces", () => {
  const shown = (text: string, marks: { id: string; start: number; end: number }[]) =>
    pieces(text, marks).map((piece) => [piece.text, piece.marks.map((mark) => mark.id).join("+")]);

  test("without marks is one piece", () => {
    expect(shown("abc", [])).toEqual([["abc", ""]]);
  });

  test("marks may overlap and nest", () => {
    const marks = [
      { id: "a", start: 1, end: 5 },
      { id: "b", start: 3, end: 7 },
      { id: "c", start: 3, end: 4 },
    ];
    expect(shown("0123456789", marks)).toEqual([
      ["0", ""],
      ["12", "a"],
      ["3", "a+b+c"],
      ["4", "a+b"],
      ["56", "b"],
      ["789", ""],
    ]);
  });

  test("the pieces together are the text, whatever the marks", () => {
    const text = "😀 推荐系统 and Kubernetes";
    const marks = [
      { id: "x", start: -3, end: 2 },
      { id: "y", start: 2, end: 99 },
      { id: "empty", start: 4, end: 4 },
      { id: "outside", start: 200, end: 300 },
    ];
    expect(
      pieces(text, marks)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });

  test("a part of a text has its own bounds", () => {
    expect(pieces("0123456789", [{ start: 0, end: 4 }], 2, 6).map((piece) => piece.text)).toEqual(["23", "45"]);
  });
});
