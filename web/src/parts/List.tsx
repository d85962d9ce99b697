/**
 * What every list of records shares: title and count, search box, filters, columns, density, what is archived, the
 * grid, and the record that is open beside it. All of it stands in the address; the screen says what its kind has.
 *
 *     export function Screen() {
 *       const [t, search] = [useTexts(), useSearch({ from: "/inside/companies" })];
 *       const navigate = useNavigate({ from: "/companies" });
 *       const asked = { q: search.q, industry: search.industry, archived: search.archived, ...sortOf(search, FIRST) };
 *       const pages = useInfiniteQuery({ ...companiesQuery(asked), placeholderData: keepPreviousData });
 *       const whole = useInfiniteQuery(companiesQuery({ archived: search.archived }, 1)).data?.pages[0]?.total;
 *       return (
 *         <List
 *           title={t("companies.title")}
 *           counted={({ shown, all }) => (shown === all ? t("companies.count", …) : t("companies.count_of", …))}
 *           columns={columns}                 // memoised: useMemo(() => [...], [t, format])
 *           first={{ by: "updated_at", descending: true }}
 *           filters={[{ id: "industry", name: t("companies.industry"), kind: "text" }]}
 *           search={search}
 *           onSearch={(change, opens) => navigate({ search: (was) => ({ ...was, ...change }), replace: !opens })}
 *           pages={pages}
 *           whole={whole}
 *           onOpenFull={(one) => navigate({ to: "/companies/$id", params: { id: one.id } })}
 *           empty={<Empty title={…} actions={…}>…</Empty>}
 *           panel={({ id, row, onClose, footer }) => (
 *             <Panel label={…} onClose={onClose} footer={footer} header={…<PanelClose onPress={onClose} />}>…</Panel>
 *           )}
 *         />
 *       );
 *     }
 *
 * `sortOf(search, first)` gives `{ sort, descending }` for the server. `search` is what the screen's `search.ts` checked.
 */
import { type ReactNode, useId, useMemo, useRef } from "react";
import { useTexts } from "@/texts";
import { Button } from "./Button";
import { DataGrid, type GridHandle, type Sorting } from "./DataGrid";
import type { Column } from "./DataGridRow";
import { Bones, Empty, Failure } from "./Feedback";
import css from "./List.module.css";
import { useBeside } from "./ListBeside";
import { type Filter, type FilterValue, ListFilters } from "./ListFilters";
import { ListFoot } from "./ListFoot";
import { ListSearch } from "./ListSearch";
import { type ListAddress, NARROW, rowsOf, shownOf, sortOf, useWidth } from "./ListState";
import { ListTools } from "./ListTools";

export type { Column } from "./DataGridRow";
export type { Filter } from "./ListFilters";
export { PanelClose } from "./ListFoot";
export { type ListAddress, sortOf } from "./ListState";

/** A column of a list; `spare` ones give way where it is narrow, until the person chooses columns. */
export type ListColumn<T> = Column<T> & { spare?: boolean };

/** Pages of rows as `useInfiniteQuery` gives them. */
export interface Pages<T> {
  data: { pages: { items: T[]; total?: number | null }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** The record that is open beside the list. */
export interface Beside<T> {
  id: string;
  /** As the list knows it, when it is among the rows that were fetched. */
  row: T | undefined;
  onClose: () => void;
  /** Previous, next and close, with their keys. */
  footer: ReactNode;
}

interface ListProps<T extends { id: string }, S extends ListAddress> {
  title: string;
  /** "87 of 1,240 people"; `shown` and `all` are equal when nothing is filtered. */
  counted: (count: { shown: number; all: number }) => string;
  columns: readonly ListColumn<T>[];
  /** How rows stand until the person sorts them. */
  first: Sorting;
  filters: readonly Filter<Extract<keyof S, string>>[];
  search: S;
  /** Change what the address holds; `opens` when going back should undo it. */
  onSearch: (change: Partial<S>, opens: boolean) => void;
  pages: Pages<T>;
  /** How many there are without search and filters. */
  whole: number | null | undefined;
  onOpenFull: (row: T) => void;
  /** A row may be opened soon: fetch what its panel needs. */
  onNear?: (row: T) => void;
  /** Shown when there is no record at all. */
  empty: ReactNode;
  panel: (beside: Beside<T>) => ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
}

/** Rests a row under the pointer this long, what it opens is fetched. */
const REST_MS = 60;

/** The list of a screen. */
export function List<T extends { id: string }, S extends ListAddress>(props: ListProps<T, S>) {
  const { title, counted, columns, first, filters, search, onSearch, pages, whole, onNear, actions } = props;
  const t = useTexts();
  const heading = useId();
  const section = useRef<HTMLElement>(null);
  const grid = useRef<GridHandle>(null);
  const near = useRef<ReturnType<typeof setTimeout>>(undefined);
  const narrow = useWidth(section) < NARROW;
  const put = (change: Partial<ListAddress>, opens = false) => onSearch(change as Partial<S>, opens);

  const rows = useMemo(() => rowsOf(pages.data?.pages ?? []), [pages.data]);
  const total = pages.data?.pages[0]?.total ?? null;
  const beside = useBeside(rows, search.open, grid, put);
  const shown = useMemo(() => shownOf(columns, search.columns, narrow), [columns, search.columns, narrow]);
  const standard = shownOf(columns, undefined, false);
  const values = search as Partial<Record<Extract<keyof S, string>, FilterValue>>;
  const { sort, descending } = sortOf(search, first);
  const filtered = search.q !== undefined || filters.some((one) => values[one.id] !== undefined);
  const { open: _, columns: __, new: ___, ...question } = search as ListAddress;

  function clear() {
    const nothing = Object.fromEntries(filters.map((one) => [one.id, undefined]));
    put({ ...nothing, q: undefined });
  }

  function body() {
    if (pages.isPending) return <Bones lines={12} />;
    if (pages.isError && rows.length === 0)
      return (
        <div className={css.blank}>
          <Failure error={pages.error} onRetry={() => pages.refetch()} />
        </div>
      );
    if (rows.length > 0)
      return (
        <DataGrid
          ref={grid}
          label={title}
          columns={shown}
          rows={rows}
          idOf={idOf}
          total={total}
          question={JSON.stringify(question)}
          sorting={{ by: sort, descending }}
          onSort={({ by, descending }) => {
            const again = by === first.by && descending === first.descending;
            put(again ? { sort: undefined, up: undefined } : { sort: by, up: descending ? undefined : true });
          }}
          open={search.open}
          onOpen={(row) => beside.open(row.id)}
          onOpenFull={props.onOpenFull}
          onNear={(row) => {
            clearTimeout(near.current);
            near.current = setTimeout(() => onNear?.(row), REST_MS);
          }}
          hasMore={pages.hasNextPage}
          onMore={() => !pages.isFetchingNextPage && !pages.isFetchNextPageError && pages.fetchNextPage()}
        />
      );
    if (filtered)
      return (
        <Empty title={t("list.none_fit")} actions={<Button onPress={clear}>{t("list.clear")}</Button>}>
          {t("list.none_fit_why")}
        </Empty>
      );
    if (search.archived)
      return (
        <Empty
          title={t("list.none_archived")}
          actions={<Button onPress={() => put({ archived: undefined })}>{t("list.leave_archive")}</Button>}
        >
          {t("list.none_archived_why")}
        </Empty>
      );
    return props.empty;
  }

  return (
    <div className={css.split}>
      <section className={css.list} aria-labelledby={heading} ref={section}>
        <header className={css.head}>
          <div className={css.title}>
            <h1 id={heading}>{title}</h1>
            <span className="meta num" role="status">
              {total !== null && counted({ shown: total, all: Math.max(total, whole ?? total) })}
            </span>
            <span className="grow" />
            {actions}
            <ListTools
              columns={columns}
              shown={shown.map((one) => one.id)}
              onColumns={(ids) =>
                put({ columns: ids.join() === standard.map((one) => one.id).join() ? undefined : ids })
              }
              archived={search.archived === true}
              onArchived={(archived) => put({ archived: archived || undefined, open: undefined })}
            />
          </div>
          <div className={css.asked}>
            <ListSearch
              label={t("list.search", { what: title.toLocaleLowerCase() })}
              value={search.q}
              onChange={(q) => put({ q })}
            />
            <ListFilters filters={filters} values={values} onChange={(id, value) => put({ [id]: value })} />
          </div>
          {pages.isFetchNextPageError && rows.length > 0 && (
            <Failure error={pages.error} onRetry={() => pages.fetchNextPage()} />
          )}
        </header>
        <div className={css.body} aria-busy={pages.isPlaceholderData}>
          {body()}
        </div>
      </section>
      {search.open && (
        <div className={css.beside}>
          {props.panel({
            id: search.open,
            row: rows.find((row) => row.id === search.open),
            onClose: beside.close,
            footer: <ListFoot {...beside} />,
          })}
        </div>
      )}
    </div>
  );
}

const idOf = (row: { id: string }) => row.id;
