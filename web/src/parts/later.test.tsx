import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dismiss, toast, useToasts } from "@/state/toasts";
import { loadTexts, TextsProvider } from "@/texts";
import { isUnfetched, later } from "./later";

const texts = await loadTexts("en");
interface PartProps {
  onClose: () => void;
}
const Part = (_: PartProps) => <p>here</p>;

function Notices() {
  return useToasts().map((one) => <p key={one.id}>{one.text}</p>);
}

async function show(Later: React.ComponentType<PartProps>, onClose = vi.fn()) {
  const shown = render(
    <TextsProvider language="en" texts={texts}>
      <Later onClose={onClose} />
      <Notices />
    </TextsProvider>,
  );
  await act(async () => {});
  return { onClose, ...shown };
}

beforeEach(() => toast({ text: "before" }));
afterEach(() => act(() => [...Array(50).keys()].forEach(dismiss)));

it("is there at once the second time", async () => {
  const fetch = vi.fn(async () => Part);
  const Later = later(fetch);
  (await show(Later)).unmount();
  await show(Later);
  expect(screen.getByText("here")).toBeTruthy();
  expect(fetch).toHaveBeenCalledOnce();
});

it("says that it could not be fetched, closes, and is fetched again when it is opened again", async () => {
  const fetch = vi.fn(async () => Part).mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const Later = later(fetch);
  const { onClose, unmount } = await show(Later);
  expect(onClose).toHaveBeenCalledOnce();
  expect(screen.getByText(texts("parts.fault_fetch"))).toBeTruthy();
  unmount();
  await show(Later);
  expect(screen.getByText("here")).toBeTruthy();
});

it.each([
  ["Failed to fetch dynamically imported module: /assets/x.js", true],
  ["error loading dynamically imported module", true],
  ["Importing a module script failed.", true],
  ["Unable to preload CSS for /assets/x.css", true],
  ["x is undefined", false],
])("knows %s", (message, is) => {
  expect(isUnfetched(new TypeError(message))).toBe(is);
});
