/** Search by word, by meaning or by both, among people, jobs and companies. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { type Hits, holdingQuery, MOST_HITS, searchQuery, type Way } from "@/api/searching";
import { useCrumbs } from "@/frame/crumbs";
import { Button } from "@/parts/Button";
import { Bones, Failure, Note } from "@/parts/Feedback";
import { Segmented } from "@/parts/Fields";
import { Engine } from "@/parts/Words";
import { type Texts, useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { Asking } from "./Asking";
import { HitList, moveAmongHits } from "./HitList";
import { Begin, NothingFound } from "./Nothing";
import css from "./Search.module.css";
import { KINDS, WAYS } from "./search";

/** Hits that are shown at first, and after asking for more. */
const [FIRST, MOST] = [20, 50] as const;

/** How many records of each kind hold a word of the question; nothing by meaning, where all are near or far. */
function useHolding(way: Way, q: string): (number | undefined)[] {
  const counted = useQueries({
    queries: KINDS.map((kind) => ({ ...holdingQuery(kind, q), enabled: way !== "semantic" && q !== "" })),
  });
  return counted.map(({ data }) => (way === "semantic" || q === "" ? undefined : data));
}

/** What gave an answer, in words. */
const enginesIn = (engines: string[], t: Texts): string[] =>
  engines.map((engine) => (engine === "words" ? t("search.engine_words") : engine));

function Answered({ found, shown, holding }: { found: Hits; shown: number; holding?: number }) {
  const [t, format] = [useTexts(), useFormats()];
  const capped = found.hits.length >= shown;
  return (
    <div className={css.answered} role="status">
      <span>
        {capped ? t("search.shown_first", { count: shown }) : t("search.shown", { count: found.hits.length })}
      </span>
      {holding !== undefined && (
        <span className="meta">
          {t(holding < MOST_HITS ? "search.holding" : "search.holding_most", { count: format.number(holding) })}
        </span>
      )}
      {found.engines?.length ? (
        <Engine>{t("search.found_with", { engines: enginesIn(found.engines, t).join(" + ") })}</Engine>
      ) : null}
    </div>
  );
}

export function Screen() {
  const t = useTexts();
  useCrumbs([{ text: t("frame.search") }]);
  const { q = "", way = "hybrid", in: collection = "talents" } = useSearch({ from: "/inside/search" });
  const navigate = useNavigate({ from: "/search" });
  const list = useRef<HTMLOListElement>(null);
  const asked = `${way} ${collection} ${q}`;
  const [wide, widen] = useState("");
  const shown = wide === asked ? MOST : FIRST;
  const search = useQuery({ ...searchQuery(way, collection, q, shown), placeholderData: keepPreviousData });
  const holding = useHolding(way, q);
  // What was kept from before shows only while the same records are looked through.
  const found = q && (!search.isPlaceholderData || wide === asked) ? search.data : undefined;

  return (
    <div className={css.page}>
      <h1 className="sr">{t("frame.search")}</h1>
      <div className={css.asking} role="search">
        <Asking
          value={q}
          onAsk={(words) => navigate({ search: (was) => ({ ...was, q: words || undefined }), replace: true })}
          onDown={() => moveAmongHits(list.current, 1)}
        />
        <div className="row wrap">
          <Segmented
            label={t("search.in")}
            value={collection}
            options={KINDS.map((id, number) => ({
              id,
              text: t(`search.in_${id}`) + (holding[number] === undefined ? "" : ` ${counted(holding[number])}`),
            }))}
            onChange={(chosen) => navigate({ search: (was) => ({ ...was, in: chosen }), replace: true })}
          />
          <Segmented
            label={t("search.way")}
            value={way}
            options={WAYS.map((id) => ({ id, text: t(`search.way_${id}`) }))}
            onChange={(chosen) => navigate({ search: (was) => ({ ...was, way: chosen }), replace: true })}
          />
        </div>
        <p className="meta">{t(`search.way_${way}_means`)}</p>
      </div>
      {!q && <Begin collection={collection} />}
      {q && search.isError && <Failure error={search.error} onRetry={() => search.refetch()} />}
      {q && !search.isError && !found && <Bones lines={9} />}
      {found && (
        <>
          {found.warnings?.map((warning) => (
            <Note key={warning.code} tone="warn">
              {warning.message}
            </Note>
          ))}
          {found.hits.length === 0 ? (
            <NothingFound way={way} collection={collection} />
          ) : (
            <>
              <Answered found={found} shown={shown} holding={holding[KINDS.indexOf(collection)]} />
              <HitList collection={collection} hits={found.hits} q={way === "hybrid" ? q : undefined} list={list} />
              {shown === FIRST && found.hits.length === FIRST && (
                <div className={css.end}>
                  <Button onPress={() => widen(asked)}>{t("search.more")}</Button>
                </div>
              )}
            </>
          )}
        </>
      )}
    </div>
  );
}

const counted = (count: number) => (count < MOST_HITS ? String(count) : `${MOST_HITS}+`);
