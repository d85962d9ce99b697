import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SHOWN_MS, toast } from "@/state/toasts";
import { loadTexts, TextsProvider } from "@/texts";
import { Toasts } from "./Toasts";

const texts = await loadTexts("en");
const wait = (ms: number) => act(() => void vi.advanceTimersByTime(ms));

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <TextsProvider language="en" texts={texts}>
      <main id="main" tabIndex={-1} />
      <Toasts />
    </TextsProvider>,
  );
});
afterEach(() => {
  wait(10 * SHOWN_MS);
  vi.useRealTimers();
});

it("stays while the focus is in it, though the pointer leaves", () => {
  act(() => toast({ text: "done", undo: () => undefined }));
  const undo = screen.getByRole("button", { name: texts("parts.undo") });
  act(() => undo.focus());
  fireEvent.mouseEnter(screen.getByText("done").parentElement!);
  fireEvent.mouseLeave(screen.getByText("done").parentElement!);
  wait(2 * SHOWN_MS);
  expect(document.activeElement).toBe(undo);
  act(() => undo.blur());
  wait(2 * SHOWN_MS);
  expect(screen.queryByText("done")).toBeNull();
});

it("leaves the focus with the notice beside it, and then with the page", async () => {
  const undo = vi.fn();
  act(() => toast({ text: "one" }));
  act(() => toast({ text: "two", undo }));
  const button = screen.getByRole("button", { name: texts("parts.undo") });
  act(() => button.focus());
  await act(async () => void fireEvent.click(button));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.getByText("one").parentElement!.contains(document.activeElement)).toBe(true);
  wait(0);
  for (let close = document.activeElement!; close.id !== "main"; close = document.activeElement!) {
    expect(close.getAttribute("aria-label")).toBe(texts("parts.close"));
    await act(async () => void fireEvent.click(close));
  }
});
