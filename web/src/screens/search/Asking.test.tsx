import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadTexts, TextsProvider } from "@/texts";
import { Asking } from "./Asking";

const texts = await loadTexts("en");
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function field(value = "") {
  const asked: string[] = [];
  const shown = (now: string) => (
    <TextsProvider language="en" texts={texts}>
      <Asking value={now} onAsk={(words) => asked.push(words)} onDown={() => asked.push("down")} />
    </TextsProvider>
  );
  const { rerender } = render(shown(value));
  const input = screen.getByRole<HTMLInputElement>("searchbox");
  const rest = () => act(() => void vi.advanceTimersByTime(1000));
  return { asked, input, rest, again: (now: string) => rerender(shown(now)) };
}

it("asks once after a rest, and at once on Enter", () => {
  const { asked, input, rest } = field();
  fireEvent.change(input, { target: { value: "rec" } });
  fireEvent.change(input, { target: { value: "recommender " } });
  expect(asked).toEqual([]);
  rest();
  expect(asked).toEqual(["recommender"]);
  fireEvent.change(input, { target: { value: "ranking" } });
  fireEvent.keyDown(input, { key: "Enter" });
  expect(asked).toEqual(["recommender", "ranking"]);
  rest();
  expect(asked).toHaveLength(2);
});

it("waits for the end of composing, even if nothing changes then", () => {
  const { asked, input, rest } = field();
  fireEvent.compositionStart(input);
  fireEvent.change(input, { target: { value: "tui jian" } });
  fireEvent.change(input, { target: { value: "推荐" } });
  rest();
  expect(asked).toEqual([]);
  fireEvent.compositionEnd(input);
  rest();
  expect(asked).toEqual(["推荐"]);
});

it("follows the address, and asks nothing because of it", () => {
  const { asked, input, rest, again } = field("one");
  again("two");
  rest();
  expect(input.value).toBe("two");
  expect(asked).toEqual([]);
});
