import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ListSearch, REST_MS } from "./ListSearch";

const onChange = vi.fn();
const box = () => screen.getByRole<HTMLInputElement>("searchbox");
const rest = () => act(() => vi.advanceTimersByTime(REST_MS));

/** What a browser sends for a change of the text. */
function type(value: string, isComposing = false) {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!;
  set.call(box(), value);
  fireEvent(box(), new InputEvent("input", { bubbles: true, isComposing } as InputEventInit));
}

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockReset();
  return () => vi.useRealTimers();
});

describe("the search box", () => {
  it("sends what was typed once, when typing rests", () => {
    render(<ListSearch label="Search" value={undefined} onChange={onChange} />);
    type("Li");
    act(() => vi.advanceTimersByTime(REST_MS - 1));
    type("Lin ");
    expect(onChange).not.toHaveBeenCalled();
    rest();
    expect(onChange).toHaveBeenCalledExactlyOnceWith("Lin");
  });

  it("sends nothing while a word is composed", () => {
    render(<ListSearch label="Search" value={undefined} onChange={onChange} />);
    fireEvent.compositionStart(box());
    type("zh", true);
    rest();
    fireEvent.keyDown(box(), { key: "Enter", isComposing: true });
    expect(onChange).not.toHaveBeenCalled();
    type("张", true);
    fireEvent.compositionEnd(box(), { data: "张" });
    rest();
    expect(onChange).toHaveBeenCalledExactlyOnceWith("张");
  });

  it("sends at once with Enter, and empties with Esc before anything else closes", () => {
    render(<ListSearch label="Search" value="Lin" onChange={onChange} />);
    type("Lind");
    fireEvent.keyDown(box(), { key: "Enter" });
    expect(onChange).toHaveBeenLastCalledWith("Lind");
    expect(fireEvent.keyDown(box(), { key: "Escape" })).toBe(false);
    expect(onChange).toHaveBeenLastCalledWith(undefined);
    expect(fireEvent.keyDown(box(), { key: "Escape" })).toBe(true); // left to the panel
    rest();
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it("follows the address, and drops what was not sent yet", () => {
    const { rerender } = render(<ListSearch label="Search" value="Lin" onChange={onChange} />);
    type("Linda");
    rerender(<ListSearch label="Search" value="Moss" onChange={onChange} />);
    expect(box().value).toBe("Moss");
    rest();
    expect(onChange).not.toHaveBeenCalled();
  });
});
