import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { loadTexts, TextsProvider } from "@/texts";
import { type Column, DataGrid, type Sorting } from "./DataGrid";

interface One {
  id: string;
  name: string;
  years: number;
}

const ROWS: One[] = Array.from({ length: 5000 }, (_, n) => ({ id: `t${n}`, name: `Name ${n}`, years: n % 40 }));
const COLUMNS: Column<One>[] = [
  { id: "name", title: "Name", width: "1fr", sortable: true, cell: (one) => one.name },
  { id: "years", title: "Years", width: "60px", end: true, sortable: true, cell: (one) => one.years },
  { id: "more", title: "More", width: "60px", cell: () => "…" },
];
const texts = await loadTexts("en");
const onOpen = vi.fn();
const onOpenFull = vi.fn();
const onSort = vi.fn();

function Grid({ rows = ROWS }: { rows?: One[] }) {
  const [sorting, sort] = useState<Sorting>({ by: "name", descending: false });
  return (
    <TextsProvider language="en" texts={texts}>
      <DataGrid
        label="People"
        columns={COLUMNS}
        rows={rows}
        idOf={(one) => one.id}
        total={7000}
        hasMore
        sorting={sorting}
        onSort={(next) => {
          onSort(next);
          sort(next);
        }}
        open="t1"
        onOpen={onOpen}
        onOpenFull={onOpenFull}
      />
    </TextsProvider>
  );
}

const place = () => (document.activeElement as HTMLElement).dataset.place;
const stops = () =>
  [...document.querySelectorAll<HTMLElement>("[role=grid] [tabindex='0']")].map((cell) => cell.dataset.place);
const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement!, { key, ...more });

beforeEach(() => {
  vi.clearAllMocks();
  // 440 px in sight: what the virtualizer asks an element that nothing lays out
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(440);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(700);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(440);
  Element.prototype.scrollTo = function (this: Element, options?: unknown) {
    const top = (options as ScrollToOptions).top ?? 0;
    if (top === this.scrollTop) return;
    this.scrollTop = top;
    this.dispatchEvent(new Event("scroll"));
  } as typeof Element.prototype.scrollTo;
});

function show() {
  render(<Grid />);
  document.querySelector<HTMLElement>("[tabindex='0'][data-place]")!.focus();
}

describe("the grid", () => {
  it("has one tab stop, and it moves with the arrows", () => {
    show();
    expect(stops()).toEqual(["0:0"]);
    press("ArrowDown");
    press("ArrowRight");
    expect(place()).toBe("1:1");
    expect(stops()).toEqual(["1:1"]);
    press("ArrowUp");
    press("ArrowUp");
    expect(place()).toBe("-1:1");
    press("ArrowUp");
    expect(place()).toBe("-1:1");
    expect(stops()).toEqual(["-1:1"]);
  });

  it("goes to the ends of a row, of the rows, and by what is in sight", () => {
    show();
    press("End");
    expect(place()).toBe("0:2");
    press("PageDown");
    expect(place()).toBe("8:2");
    press("PageUp");
    expect(place()).toBe("0:2");
    press("End", { ctrlKey: true });
    expect(place()).toBe("4999:2");
    expect(stops()).toEqual(["4999:2"]);
    press("Home", { ctrlKey: true });
    expect(place()).toBe("0:0");
  });

  it("leaves the browser its own keys", () => {
    show();
    expect(press("ArrowLeft", { altKey: true })).toBe(true); // not prevented
    expect(press("Tab")).toBe(true);
    expect(press("ArrowDown")).toBe(false);
  });

  it("opens with Enter, the full page with Ctrl, a double click or a click with Ctrl", () => {
    show();
    press("ArrowDown");
    press("Enter");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(ROWS[1]);
    press("Enter", { ctrlKey: true });
    fireEvent.doubleClick(screen.getByText("Name 3"));
    fireEvent.click(screen.getByText("Name 4"), { ctrlKey: true });
    expect(onOpenFull.mock.calls).toEqual([[ROWS[1]], [ROWS[3]], [ROWS[4]]]);
    expect(onOpen).toHaveBeenCalledOnce();
  });

  it("sorts from its heads, numbers with the largest first, and tells how it is sorted", () => {
    show();
    const head = (name: string) => screen.getByRole("columnheader", { name });
    expect(head("Name").getAttribute("aria-sort")).toBe("ascending");
    expect(head("More").hasAttribute("aria-sort")).toBe(false);
    press("ArrowUp");
    press("ArrowRight");
    press("Enter");
    expect(onSort).toHaveBeenLastCalledWith({ by: "years", descending: true });
    expect(head("Years").getAttribute("aria-sort")).toBe("descending");
    press("Enter");
    expect(onSort).toHaveBeenLastCalledWith({ by: "years", descending: false });
    press("ArrowRight");
    press("Enter");
    expect(onSort).toHaveBeenCalledTimes(2);
    expect(onOpen).not.toHaveBeenCalled();
  });

  it("tells how many rows there are, which one is open, and draws those in sight alone", () => {
    show();
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("7001");
    const open = screen.getAllByRole("row").filter((row) => row.getAttribute("aria-selected") === "true");
    expect(open.map((row) => row.getAttribute("aria-rowindex"))).toEqual(["3"]);
    expect(screen.getAllByRole("row").length).toBeLessThan(80);
  });

  it("keeps a tab stop when rows go away, and when none is left", () => {
    const { rerender } = render(<Grid rows={ROWS.slice(0, 10)} />);
    document.querySelector<HTMLElement>("[data-place='9:2']")!.focus();
    rerender(<Grid rows={ROWS.slice(0, 4)} />);
    expect(stops()).toEqual(["3:2"]);
    rerender(<Grid rows={[]} />);
    expect(stops()).toEqual(["-1:2"]);
  });
});
