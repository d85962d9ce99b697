/** The ranking: arrows, J and K go from place to place, Enter opens one beside it. */
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Button } from "@/parts/Button";
import { Bones, Empty, Failure } from "@/parts/Feedback";
import { useKeys } from "@/state/keys";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Matches.module.css";
import { Headline, RankedItem } from "./RankedItem";
import type { Placed } from "./ranking";
import { type Side, useIdentity, type useRanking } from "./useRanking";

interface RankedListProps {
  side: Side;
  id: string;
  ranking: ReturnType<typeof useRanking>;
  shown: string | undefined;
  /** The one that is shown was opened; else it is shown only because it is the first. */
  opened: boolean;
  hidden: boolean;
  filtered: boolean;
  onClear: () => void;
  onMore?: () => void;
}

/** How many places away from one another the focus moves by a key. */
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** The column. */
export function RankedList(props: RankedListProps) {
  const { side, id, ranking, shown, opened, hidden, filtered, onClear, onMore } = props;
  const t = useTexts();
  const list = useRef<HTMLOListElement>(null);
  const { placed } = ranking;

  // What the address opens may stand further down.
  useEffect(() => {
    if (opened && shown) list.current?.querySelector("[aria-current=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [opened, shown]);

  function move(key: string, event: KeyboardEvent) {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-place]") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const arrow = key.startsWith("Arrow");
    if (links.length === 0 || (arrow && at < 0)) return false; // outside of the list arrows scroll
    if (event.defaultPrevented) return false;
    const from = at >= 0 ? at : links.findIndex((link) => link.getAttribute("aria-current") === "true");
    const to = links[Math.max(0, Math.min(links.length - 1, from + STEPS[key]!))];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
    return true;
  }
  useKeys(Object.fromEntries(Object.keys(STEPS).map((key) => [key, (event: KeyboardEvent) => move(key, event)])));

  const empty = side === "job" ? "nothing" : "nothing_jobs";
  const emptyYet = side === "job" ? "nothing_yet" : "nothing_yet_jobs";
  return (
    <section className={css.ranking} aria-labelledby="ranking">
      <div className={css.rankingHead}>
        <h2 id="ranking">{t("matches.ranking")}</h2>
        <span className="meta num" role="status">
          {!ranking.isPending &&
            !ranking.error &&
            t(side === "job" ? "matches.ranked_people" : "matches.ranked_jobs", { count: ranking.total })}
        </span>
        <span className="grow" />
        <span className={`meta ${css.keys}`}>{t("matches.keys")}</span>
        <span className={css.band}>
          <i aria-hidden /> {t("matches.possible")}
        </span>
      </div>
      {ranking.isPending && <Bones lines={14} />}
      {ranking.error !== null && !ranking.isPending && (
        <div className={css.pad}>
          <Failure error={ranking.error} onRetry={ranking.retry} />
        </div>
      )}
      {!ranking.isPending && !ranking.error && placed.length === 0 && (
        <Empty
          title={t(`matches.${empty}`)}
          actions={filtered && <Button onPress={onClear}>{t("matches.clear")}</Button>}
        >
          {filtered ? t("matches.nothing_why") : t(`matches.${emptyYet}`)}
        </Empty>
      )}
      <ol ref={list} aria-busy={ranking.isPlaceholder}>
        {placed.map((one) => (
          <Place
            key={one.id}
            side={side}
            of={id}
            placed={one}
            current={one.id === shown && (opened ? "opened" : "first")}
            hidden={hidden}
          />
        ))}
      </ol>
      {placed.length > 0 && (
        <div className={css.foot}>
          {onMore && (
            <Button size="sm" onPress={onMore}>
              {t("matches.show_more")}
            </Button>
          )}
          <p className="meta">{t("matches.nobody_moved")}</p>
        </div>
      )}
    </section>
  );
}

interface PlaceProps {
  side: Side;
  /** The job or person that is ranked for. */
  of: string;
  placed: Placed;
  current: "opened" | "first" | false;
  hidden: boolean;
}

function Place({ side, of, placed, current, hidden }: PlaceProps) {
  const ofPeople = side === "job";
  const person = ofPeople
    ? { id: placed.id, name: placed.name, number: placed.place }
    : { id: of, name: null, number: 1 };
  const { name, hide } = useIdentity(person, hidden);
  const title = ofPeople ? name : (placed.name ?? "");
  const more = placed.more.join(" · ");
  return (
    <RankedItem
      placed={placed}
      gaps={2}
      wide
      current={current}
      hide={hide}
      name={
        <Link
          to="/matches"
          search={(was) => ({ ...was, open: placed.id })}
          resetScroll={false}
          data-place={placed.place}
          aria-current={current ? "true" : undefined}
          activeProps={{}}
          lang={languageOf(title)}
        >
          {title}
        </Link>
      }
      more={ofPeople ? <Headline id={placed.id} hide={hide} /> : <span lang={languageOf(more)}>{more}</span>}
    />
  );
}
