/**
 * A table of records by the grid pattern: one tab stop, arrows from cell to cell, only the rows in sight in the
 * document. The row that has the focus stays in the document, or the tab stop would be lost on scrolling.
 */
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { usePreferences } from "@/state/preferences";
import { useTexts } from "@/texts";
import css from "./DataGrid.module.css";

export interface Column<T> {
  id: string;
  title: string;
  /** A track of a CSS grid: `120px`, `minmax(0, 2fr)`. */
  width: string;
  /** Numbers stand at the right. */
  end?: boolean;
  sortable?: boolean;
  cell: (row: T) => ReactNode;
}

export interface Sorting {
  by: string;
  descending: boolean;
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
  /** A double click, or Ctrl and Enter. */
  onOpenFull?: (row: T) => void;
  /** Called when the end comes near. */
  onMore?: () => void;
  hasMore?: boolean;
}

const HEIGHTS = { comfortable: 44, compact: 32 };
/** Rows that are ready above and below those in sight. */
const READY = 24;
/** Rows before the end at which more are asked for. */
const NEAR = 100;

type Place = [row: number, column: number];
const HEAD = -1;

/** The grid. */
export function DataGrid<T>(props: DataGridProps<T>) {
  const { label, columns, rows, idOf, total, sorting, onSort, open, onOpen, onOpenFull, onMore, hasMore } = props;
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
    scrollPaddingStart: 32,
    getItemKey: (index) => idOf(rows[index]!),
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      if (row >= 0 && !seen.includes(row)) seen.push(row);
      return seen.sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is void when the density changes
  useEffect(() => virtual.measure(), [height]);

  const items = virtual.getVirtualItems();
  const end = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && end >= rows.length - NEAR) onMore?.();
  }, [end, rows.length, hasMore, onMore]);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    wrap.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus({ preventScroll: true });
  });

  function go([toRow, toColumn]: Place) {
    const next: Place = [Math.max(HEAD, Math.min(last, toRow)), Math.max(0, Math.min(columns.length - 1, toColumn))];
    moved.current = true;
    if (next[0] >= 0) virtual.scrollToIndex(next[0], { align: "auto" });
    setPlace(next);
  }

  function sortBy(one: Column<T>) {
    if (!one.sortable || !onSort) return;
    const again = sorting?.by === one.id;
    onSort({ by: one.id, descending: again ? !sorting.descending : Boolean(one.end) });
  }

  function onKeyDown(event: KeyboardEvent) {
    const mod = event.ctrlKey || event.metaKey;
    const inSight = Math.max(1, Math.floor((wrap.current?.clientHeight ?? 400) / height) - 2);
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
    const record = rows[row];
    if (record === undefined) return;
    if (mod && onOpenFull) onOpenFull(record);
    else onOpen(record);
  }

  const tracks = { gridTemplateColumns: columns.map((one) => one.width).join(" ") };
  const stop = (r: number, c: number) => (row === r && column === c ? 0 : -1);
  return (
    <div className={css.wrap} ref={wrap}>
      <div
        className={css.grid}
        role="grid"
        aria-label={label}
        aria-rowcount={(total ?? rows.length) + 1}
        aria-colcount={columns.length}
        onKeyDown={onKeyDown}
      >
        <div role="rowgroup" className={css.head}>
          <div role="row" aria-rowindex={1} className={css.head} style={tracks}>
            {columns.map((one, number) => (
              <div
                key={one.id}
                role="columnheader"
                className={css.title}
                tabIndex={rows.length === 0 && number === 0 ? 0 : stop(HEAD, number)}
                data-place={`${HEAD}:${number}`}
                data-first={number === 0 || undefined}
                data-end={one.end || undefined}
                data-sortable={one.sortable || undefined}
                aria-sort={
                  one.sortable
                    ? sorting?.by === one.id
                      ? sorting.descending
                        ? "descending"
                        : "ascending"
                      : "none"
                    : undefined
                }
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
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={idOf(record) === open}
                className={css.row}
                style={{ ...tracks, transform: `translateY(${item.start}px)` }}
                onClick={() => onOpen(record)}
                onDoubleClick={() => onOpenFull?.(record)}
              >
                {columns.map((one, number) => (
                  <div
                    key={one.id}
                    role={number === 0 ? "rowheader" : "gridcell"}
                    className={css.cell}
                    tabIndex={stop(item.index, number)}
                    data-place={`${item.index}:${number}`}
                    data-first={number === 0 || undefined}
                    data-end={one.end || undefined}
                    onFocus={() => setPlace([item.index, number])}
                  >
                    <span>{one.cell(record)}</span>
                  </div>
                ))}
              </div>
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
