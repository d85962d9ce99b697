/** One row of a `DataGrid`. It is drawn again only when something about it changes, so that scrolling draws new rows alone. */
import { memo, type ReactNode } from "react";
import css from "./DataGrid.module.css";

export interface Column<T> {
  id: string;
  title: string;
  /** A track of a CSS grid: `120px`, `minmax(96px, 2fr)`. */
  width: string;
  /** Numbers stand at the right. */
  end?: boolean;
  sortable?: boolean;
  /** The first press on its head begins with the largest or newest; numbers at the right do so anyway. */
  largestFirst?: boolean;
  cell: (row: T) => ReactNode;
}

/** What can be done with a row; the same object as long as the grid lives. */
export interface RowActs<T> {
  onOpen: (row: T, full: boolean) => void;
  onFocus: (index: number, column: number) => void;
  onNear: (row: T) => void;
}

interface RowProps<T> {
  record: T;
  columns: readonly Column<T>[];
  /** Its place among all rows, from 0. */
  index: number;
  /** How far from the top of the body it stands, in pixels. */
  top: number;
  tracks: string;
  open: boolean;
  /** The column of the grid's tab stop, when it is in this row. */
  stop: number | null;
  acts: RowActs<T>;
}

function Row<T>({ record, columns, index, top, tracks, open, stop, acts }: RowProps<T>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={open}
      className={css.row}
      style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
      onClick={(event) => acts.onOpen(record, event.ctrlKey || event.metaKey)}
      onDoubleClick={() => acts.onOpen(record, true)}
      onPointerEnter={() => acts.onNear(record)}
      onFocus={() => acts.onNear(record)}
    >
      {columns.map((one, number) => (
        <div
          key={one.id}
          role={number === 0 ? "rowheader" : "gridcell"}
          className={css.cell}
          tabIndex={stop === number ? 0 : -1}
          data-place={`${index}:${number}`}
          data-first={number === 0 || undefined}
          data-end={one.end || undefined}
          onFocus={() => acts.onFocus(index, number)}
        >
          <span>{one.cell(record)}</span>
        </div>
      ))}
    </div>
  );
}

export const DataGridRow = memo(Row) as typeof Row;
