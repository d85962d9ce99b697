import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { queries } from "@/api/queries";
import { loadTexts, TextsProvider } from "@/texts";
import { Finder } from "./Finder";

const texts = await loadTexts("en");
let asked: string[];
const onClose = vi.fn();

async function begin() {
  const root = createRootRoute({ component: () => <Finder isOpen onClose={onClose} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <QueryClientProvider client={queries}>
      <TextsProvider language="en" texts={texts}>
        <RouterProvider router={router as never} />
      </TextsProvider>
    </QueryClientProvider>,
  );
  await act(async () => void (await vi.advanceTimersByTimeAsync(50)));
  return router;
}
const box = () => screen.getByRole("combobox");
const rest = (ms = 400) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

/** What a browser sends for a change of the text. */
function type(value: string, isComposing = false) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")!.set!.call(box(), value);
  fireEvent(box(), new InputEvent("input", { bubbles: true, isComposing } as InputEventInit));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  onClose.mockReset();
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const q = url.searchParams.get("q")!;
    if (url.pathname.endsWith("/talents")) asked.push(q);
    const items = url.pathname.endsWith("/talents") ? [{ id: `of-${q}`, name: q }] : [];
    return Response.json({ data: { items, next_cursor: null } });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  queries.clear();
});

it("asks once for what is typed in one go, and nothing of a word that is being composed", async () => {
  await begin();
  for (const text of ["l", "li", "lin"]) type(text);
  await rest();
  expect(asked).toEqual(["lin"]);
  fireEvent.compositionStart(box());
  type("zhou", true);
  await rest();
  type("周", true);
  fireEvent.compositionEnd(box(), { data: "周" });
  await rest();
  expect(asked).toEqual(["lin", "周"]);
});

it("opens what was meant when Enter comes before the answer", async () => {
  const router = await begin();
  type("lin");
  await rest();
  type("lind");
  fireEvent.keyDown(box(), { key: "Enter" });
  expect(onClose).not.toHaveBeenCalled();
  await rest();
  expect(onClose).toHaveBeenCalledOnce();
  expect(router.state.location.pathname).toBe("/people/of-lind");
});

it("leaves the Enter that takes a proposal to the input method", async () => {
  await begin();
  type("lin");
  await rest();
  fireEvent.keyDown(box(), { key: "Enter", keyCode: 229 });
  await rest();
  expect(onClose).not.toHaveBeenCalled();
});
