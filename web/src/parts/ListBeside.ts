/** The record beside a list: opened from its row, followed from record to record, closed back into its row. */
import { type RefObject, useEffect, useRef } from "react";
import { useKeys } from "@/state/keys";
import type { GridHandle } from "./DataGrid";
import { isLost } from "./ListState";

export interface Following {
  open: (id: string) => void;
  close: () => void;
  /** Go to the record before (-1) or after (1). */
  step: (by: 1 | -1) => void;
  /** Whether there is a record before, and after. */
  before: boolean;
  after: boolean;
}

/** `put` changes the address; going back closes what was opened, but does not walk back through the records. */
export function useBeside(
  rows: readonly { id: string }[],
  open: string | undefined,
  grid: RefObject<GridHandle | null>,
  put: (change: { open: string | undefined }, opens: boolean) => void,
): Following {
  const at = open === undefined ? -1 : rows.findIndex((row) => row.id === open);
  const place = useRef(0);
  if (at >= 0) place.current = at;
  const was = useRef(open);
  useEffect(() => {
    const before = was.current;
    was.current = open;
    if (before === open) return;
    if (open === undefined) {
      if (before === undefined || grid.current?.stand(before, true)) return;
      // it has left the list meanwhile: go to the row that stands in its place
      const here = grid.current?.standing();
      if (here !== undefined) grid.current?.stand(here, true);
      else document.getElementById("main")?.focus();
      return;
    }
    grid.current?.stand(open, grid.current.hasFocus());
    // What had the focus in the panel may be gone or disabled now; the browser says so a moment later.
    const timer = setTimeout(() => isLost() && grid.current?.stand(open, true), 50);
    return () => clearTimeout(timer);
  }, [open, grid]);

  function show(id: string | undefined) {
    if (id !== open) put({ open: id }, open === undefined);
  }
  function step(by: 1 | -1) {
    const standing = grid.current?.standing();
    if (open === undefined) {
      // nothing is open: the letters move from row to row
      const next = rows[rows.findIndex((row) => row.id === standing) + (grid.current?.hasFocus() ? by : 0)];
      if (next) grid.current?.stand(next.id, true);
      return;
    }
    // one that left the list, as by archiving: those around its old place follow
    const next = rows[at >= 0 ? at + by : by > 0 ? place.current : place.current - 1];
    if (next) show(next.id);
  }
  useKeys({ j: () => step(1), k: () => step(-1) });
  return {
    open: show,
    close: () => show(undefined),
    step,
    before: (at >= 0 ? at : place.current) > 0,
    after: (at >= 0 ? at + 1 : place.current) < rows.length,
  };
}
