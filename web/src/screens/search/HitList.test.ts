import { beforeEach, expect, it } from "vitest";
import { moveAmongHits } from "./HitList";

const focused = () => document.activeElement?.id;
let list: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = `<input id="field"><ol>${["a", "b"].map((id) => `<li><a data-hit href="/${id}" id="${id}">x</a> <a href="/other">y</a></li>`).join("")}</ol>`;
  list = document.querySelector("ol")!;
  document.querySelector("input")!.focus();
});

it("goes from hit to hit and stays at the ends", () => {
  expect(moveAmongHits(list, 1)).toBe(true);
  expect(focused()).toBe("a");
  moveAmongHits(list, 1);
  expect(focused()).toBe("b");
  expect(moveAmongHits(list, 1)).toBe(false);
  expect(focused()).toBe("b");
  moveAmongHits(list, -1);
  expect(focused()).toBe("a");
  expect(moveAmongHits(list, -1)).toBe(false);
  expect(focused()).toBe("a");
});

it("does nothing where there are no hits", () => {
  expect(moveAmongHits(null, 1)).toBe(false);
  expect(focused()).toBe("field");
});
