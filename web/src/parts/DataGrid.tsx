/**
 * A table of records by the grid pattern: one tab stop, arrows from cell to cell, only the rows in sight in the
 * document. The row that has the focus stays in the document, or the tab stop would be lost on scrolling.
 */
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import { usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import css from "./DataGrid.module.css";
import { type Column, DataGridRow, type RowActs } from "./DataGridRow";

export type { Column } from "./DataGridRow";

export interface Sorting {
  by: string;
  descending: boolean;
}

/** What others may ask of a grid. */
export interface GridHandle {
  /** Put the tab stop on a record and bring it into sight, with the focus if `focus`; false when it is not here. */
  stand: (id: string, focus: boolean) => boolean;
  /** The id of the record that has the tab stop. */
  standing: () => string | undefined;
  /** Whether the focus is in the grid. */
  hasFocus: () => boolean;
}

interface DataGridProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf: (row: T) => string;
  /** How many there are in all, when the server counted. */
  total?: number | null;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** The id of the record that is open beside the list. */
  open?: string;
  /** Enter or a click. */
  onOpen: (row: T) => void;
  /** A double click, Ctrl with a click or with Enter. */
  onOpenFull?: (row: T) => void;
  /** The pointer or the focus came to a row: it may be opened soon. */
  onNear?: (row: T) => void;
  /** Called when the end comes near. */
  onMore?: () => void;
  hasMore?: boolean;
  /** What the rows answer to; when it changes, reading begins at the top again. */
  question?: string;
  ref?: Ref<GridHandle>;
}

const HEIGHTS = { comfortable: 44, compact: 32 };
/** The height of the head, which stays while rows pass under it. */
const HEAD_HEIGHT = 32;
/** Rows that are ready above and below those in sight. */
const READY = 24;
/** Rows before the end at which more are asked for. */
const NEAR = 100;

type Place = [row: number, column: number];
const HEAD = -1;

/** Bring a cell into sight sideways, out from under the first column. */
function reveal(wrap: HTMLElement, cell: HTMLElement): void {
  if (cell.dataset.first) return;
  const pinned = wrap.querySelector<HTMLElement>("[data-first]")?.offsetWidth ?? 0;
  const left = cell.offsetLeft - wrap.scrollLeft;
  const over = left + cell.offsetWidth - wrap.clientWidth;
  if (left < pinned) wrap.scrollLeft += left - pinned;
  else if (over > 0) wrap.scrollLeft += Math.min(over, left - pinned);
}

/** The grid. */
export function DataGrid<T>(props: DataGridProps<T>) {
  const { label, columns, rows, idOf, total, sorting, onSort, open, onMore, hasMore, question } = props;
  const t = useTexts();
  const wrap = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>([0, 0]);
  const height = HEIGHTS[usePreferences().density];
  const last = rows.length - 1;
  const row = Math.min(place[0], last);
  const column = Math.min(place[1], columns.length - 1);
  const moved = useRef(false);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => wrap.current,
    estimateSize: () => height,
    overscan: READY,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    getItemKey: (index) => idOf(rows[index]!),
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      if (row >= 0 && !seen.includes(row)) seen.push(row);
      return seen.sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is void when the density changes
  useEffect(() => virtual.measure(), [height]);

  const asked = useRef(question);
  useEffect(() => {
    if (asked.current === question) return;
    asked.current = question;
    virtual.scrollToOffset(0);
    setPlace(([was, number]) => [Math.min(was, 0), number]); // the head keeps the focus of whoever sorts by it
  }, [question, virtual]);

  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && end >= rows.length - NEAR) onMore?.();
  }, [end, rows.length, hasMore, onMore]);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const cell = wrap.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`);
    cell?.focus({ preventScroll: true });
    if (cell) reveal(wrap.current!, cell);
  });

  function go([toRow, toColumn]: Place, focus = true) {
    const next: Place = [Math.max(HEAD, Math.min(last, toRow)), Math.max(0, Math.min(columns.length - 1, toColumn))];
    moved.current = focus;
    if (next[0] >= 0) virtual.scrollToIndex(next[0], { align: "auto" });
    setPlace(next);
  }

  useImperativeHandle(props.ref, () => ({
    stand: (id, focus) => {
      const index = rows.findIndex((one) => idOf(one) === id);
      if (index >= 0) go([index, column], focus);
      return index >= 0;
    },
    standing: () => (row >= 0 ? idOf(rows[row]!) : undefined),
    hasFocus: () => Boolean(wrap.current?.contains(document.activeElement)),
  }));

  const told = useRef(props);
  told.current = props;
  const [acts] = useState<RowActs<T>>(() => ({
    onOpen: (one, full) => {
      if (full && told.current.onOpenFull) told.current.onOpenFull(one);
      else told.current.onOpen(one);
    },
    onFocus: (index, number) => setPlace([index, number]),
    onNear: (one) => told.current.onNear?.(one),
  }));

  function sortBy(one: Column<T>) {
    if (!one.sortable || !onSort) return;
    const again = sorting?.by === one.id;
    onSort({ by: one.id, descending: again ? !sorting.descending : Boolean(one.largestFirst ?? one.end) });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey) return; // the browser's own: Alt and an arrow go back
    const mod = event.ctrlKey || event.metaKey;
    const inSight = Math.max(1, Math.floor(((wrap.current?.clientHeight ?? 400) - HEAD_HEIGHT) / height) - 1);
    const steps: Record<string, Place> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      PageDown: [Math.max(0, row) + inSight, column],
      PageUp: [Math.max(0, row - inSight), column],
      Home: [mod ? 0 : row, 0],
      End: [mod ? last : row, columns.length - 1],
    };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      return go(step);
    }
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (row === HEAD) return sortBy(columns[column]!);
    acts.onOpen(rows[row]!, mod);
  }

  const tracks = columns.map((one) => one.width).join(" ");
  const sorted = (one: Column<T>) =>
    sorting?.by !== one.id ? "none" : sorting.descending ? "descending" : "ascending";
  return (
    <div className={css.wrap} ref={wrap}>
      <div
        className={css.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={typeof total === "number" ? total + 1 : hasMore ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={css.head}>
          <div role="row" aria-rowindex={1} className={css.titles} style={{ gridTemplateColumns: tracks }}>
            {columns.map((one, number) => (
              <div
                key={one.id}
                role="columnheader"
                className={css.title}
                tabIndex={row === HEAD && column === number ? 0 : -1}
                data-place={`${HEAD}:${number}`}
                data-first={number === 0 || undefined}
                data-end={one.end || undefined}
                data-sortable={one.sortable || undefined}
                aria-sort={one.sortable ? sorted(one) : undefined}
                onClick={() => sortBy(one)}
                onFocus={() => setPlace([HEAD, number])}
              >
                {one.title}
                {sorting?.by === one.id && (sorting.descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={css.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const record = rows[item.index]!;
            return (
              <DataGridRow
                key={item.key}
                record={record}
                columns={columns}
                index={item.index}
                top={item.start - HEAD_HEIGHT}
                tracks={tracks}
                open={idOf(record) === open}
                stop={row === item.index ? column : null}
                acts={acts}
              />
            );
          })}
        </div>
      </div>
      {hasMore && (
        <p className={css.foot} role="status">
          {t("parts.more_coming")}
        </p>
      )}
    </div>
  );
}
