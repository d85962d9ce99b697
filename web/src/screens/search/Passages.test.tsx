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

it("marks words that stand side by side as one", () => {
  const { container } = render(
    <Passages
      hit={hit("a recommender systems b", [
        [2, 13],
        [14, 21],
        [22, 23],
      ])}
    />,
  );
  expect([...container.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual(["recommender systems b"]);
});

it("knows words from meaning", () => {
  expect(holdsWords(hit("systems", [[0, 7]]), "systems")).toBe(true);
  expect(holdsWords(hit("systems", []), "data")).toBe(false);
  expect(holdsWords({ ...hit("", []), title: "推荐算法工程师" }, " 推荐 ")).toBe(true);
});
