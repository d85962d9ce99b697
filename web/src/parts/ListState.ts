/** What a list keeps in the address, and how its columns follow from it. */
import { type RefObject, useLayoutEffect, useState } from "react";

/** The parts of an address that every list has. */
export interface ListAddress {
  q?: string;
  archived?: true;
  sort?: string;
  /** Smallest or oldest first. */
  up?: true;
  columns?: string[];
  /** The id of the record beside the list. */
  open?: string;
  /** Whether the dialog for a new record is open. */
  new?: true;
}

/** The order that the address asks for, in the server's words. */
export function sortOf<K extends string>(search: { sort?: K; up?: true }, first: { by: K; descending: boolean }) {
  return search.sort === undefined
    ? { sort: first.by, descending: first.descending }
    : { sort: search.sort, descending: search.up !== true };
}

/** A list that is less wide than this, in pixels, shows no spare columns. */
export const NARROW = 880;

/** The columns that are shown: the chosen ones in their own order, or those that there is room for. */
export function shownOf<C extends { id: string; spare?: boolean }>(
  columns: readonly C[],
  chosen: readonly string[] | undefined,
  narrow: boolean,
): C[] {
  if (chosen) return columns.filter((one, number) => number === 0 || chosen.includes(one.id));
  return columns.filter((one) => !(narrow && one.spare));
}

/** The records of all pages, each once: one that was changed while pages were fetched may stand in two of them. */
export function rowsOf<T extends { id: string }>(pages: readonly { items: readonly T[] }[]): T[] {
  return [...new Map(pages.flatMap((page) => page.items).map((row) => [row.id, row])).values()];
}

/** The width of an element, kept up to date; wide until it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, set] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const node = element.current;
    if (!node) return;
    set(node.clientWidth || Number.POSITIVE_INFINITY);
    const observer = new ResizeObserver(() => set(node.clientWidth));
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** Whether nothing has the focus. */
export const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
