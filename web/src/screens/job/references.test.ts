import { describe, expect, it } from "vitest";
import { linesOf, sentencesOf, wordsOf } from "./references";

const TEXT = "Engineer 😀\nWhat you bring:\n- Python daily.\n\n2、熟悉 SQL。\nNice to have\n· Docker\nWe sit in Leeds.";

describe("sentences", () => {
  it("are numbered by their place, each once, with all that they ask for", () => {
    const span = (start: number, end: number) => ({ text: "", start, end });
    const found = sentencesOf([
      { id: "sql", evidence: [span(50, 60), span(0, 8)] },
      { id: "title", evidence: [span(0, 8)] },
      { id: "place" },
    ]);
    expect(found.map(({ number, start, criteria }) => [number, start, criteria])).toEqual([
      [1, 0, ["sql", "title"]],
      [2, 50, ["sql"]],
    ]);
  });
});

describe("lines", () => {
  it("are told apart, without the signs before items, and counted in code points", () => {
    expect(linesOf(TEXT).map((line) => [line.kind, wordsOf(TEXT, line)])).toEqual([
      ["title", "Engineer 😀"],
      ["heading", "What you bring:"],
      ["item", "Python daily."],
      ["item", "熟悉 SQL。"],
      ["heading", "Nice to have"],
      ["item", "Docker"],
      ["text", "We sit in Leeds."],
    ]);
  });
});
