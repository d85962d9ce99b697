import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { holdsWords, Passages } from "./Passages";

const hit = (text: string, marks: [number, number][], start = 0) => ({
  id: "1",
  score: 1,
  highlights: [{ text, start, end: start + text.length, marks }],
});

it("marks by code points, also behind a character that takes two units", () => {
  const { container } = render(<Passages hit={hit("𠮷野家 recommender systems", [[4, 15]])} />);
  expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["recommender"]);
  expect(container.textContent).toBe("𠮷野家 recommender systems");
});

it("shows that a stretch begins in the middle", () => {
  const { container } = render(<Passages hit={hit("systems", [], 40)} />);
  expect(container.textContent).toBe("… systems");
});

it("knows words from meaning", () => {
  expect(holdsWords(hit("systems", [[0, 7]]))).toBe(true);
  expect(holdsWords(hit("systems", []))).toBe(false);
});
