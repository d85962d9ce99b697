import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WordFilter } from "./Filters";

const onChange = vi.fn();
const box = () => screen.getByRole<HTMLInputElement>("textbox");
const type = (value: string) => fireEvent.change(box(), { target: { value } });
const rest = () => act(() => void vi.advanceTimersByTime(1000));

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockReset();
  render(<WordFilter label="Skill" value={undefined} onChange={onChange} />);
});
afterEach(() => void vi.useRealTimers());

it("holds once typing rests, and at once on Enter", () => {
  type("Py");
  type("Python ");
  expect(onChange).not.toHaveBeenCalled();
  rest();
  expect(onChange).toHaveBeenCalledExactlyOnceWith("Python");
  type("");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(onChange).toHaveBeenLastCalledWith(undefined);
  rest();
  expect(onChange).toHaveBeenCalledTimes(2);
});

it("filters by no word that is being composed", () => {
  fireEvent.compositionStart(box());
  type("tui jian");
  rest();
  fireEvent.keyDown(box(), { key: "Enter", keyCode: 229 });
  expect(onChange).not.toHaveBeenCalled();
  type("推荐");
  fireEvent.compositionEnd(box());
  rest();
  expect(onChange).toHaveBeenCalledExactlyOnceWith("推荐");
});
