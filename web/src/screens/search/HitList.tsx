/** What was found, best first: one link a hit, arrows and J/K go from one to the next. */
import { Link } from "@tanstack/react-router";
import { Fragment, type KeyboardEvent, type RefObject } from "react";
import type { Collection, Hit } from "@/api/searching";
import { State } from "@/parts/Words";
import { useKeys } from "@/state/keys";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { holdsWords, Passages } from "./Passages";
import { placeOf, useRecord } from "./records";
import css from "./Search.module.css";

interface OneProps {
  collection: Collection;
  hit: Hit;
  rank: number;
  /** The question, when hits without a word of it are to be told from the others. */
  q?: string;
}

function One({ collection, hit, rank, q }: OneProps) {
  const t = useTexts();
  const record = useRecord(collection, hit);
  const name = record.name ?? t("parts.nameless");
  const more = record.more.filter(Boolean) as string[];
  return (
    <li className={css.hit}>
      <span className={css.rank} aria-hidden>
        {rank}
      </span>
      <div className={css.record}>
        <div className={css.line}>
          <h2>
            <Link {...placeOf(collection, hit.id)} data-hit preload={false} lang={languageOf(name)}>
              {name}
            </Link>
          </h2>
          <p className={css.more}>
            {more.map((part, number) => (
              <Fragment key={number}>
                {number > 0 && " · "}
                <span lang={languageOf(part)}>{part}</span>
              </Fragment>
            ))}
          </p>
          {record.archived && <State tone="off">{t("search.archived")}</State>}
          {record.closed && <State tone="off">{t("search.closed")}</State>}
          {q && !holdsWords(hit, q) && <span className="meta">{t("search.near")}</span>}
        </div>
        {record.gone ? <p className="meta">{t("search.gone")}</p> : <Passages hit={hit} />}
      </div>
    </li>
  );
}

/** Go to the hit that lies `step` further; from outside, to the first one. */
export function moveAmongHits(list: HTMLElement | null, step: 1 | -1): boolean {
  const links = [...(list?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at === -1 ? 0 : at + step];
  next?.focus();
  next?.scrollIntoView?.({ block: "nearest" });
  return next !== undefined;
}

export function HitList(props: {
  collection: Collection;
  hits: readonly Hit[];
  q?: string;
  list: RefObject<HTMLOListElement | null>;
}) {
  const { collection, hits, q, list } = props;
  const t = useTexts();
  useKeys({ j: () => moveAmongHits(list.current, 1), k: () => moveAmongHits(list.current, -1) });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    moveAmongHits(list.current, event.key === "ArrowDown" ? 1 : -1);
  }

  return (
    <ol ref={list} aria-label={t("search.hits")} onKeyDown={onKeyDown}>
      {hits.map((hit, number) => (
        <One key={hit.id} collection={collection} hit={hit} rank={number + 1} q={q} />
      ))}
    </ol>
  );
}
