/** A ranking with its filters at the left and one of its places explained at the right. */
import { getRouteApi } from "@tanstack/react-router";
import { SlidersHorizontal } from "lucide-react";
import { useEffect, useState } from "react";
import { useCrumbs } from "@/frame/crumbs";
import { Button, ButtonLink } from "@/parts/Button";
import { Bones, Failure } from "@/parts/Feedback";
import { Checkbox } from "@/parts/Fields";
import { Engine } from "@/parts/Words";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { Explanation } from "./Explanation";
import { Filters } from "./Filters";
import css from "./Matches.module.css";
import { RankedList } from "./RankedList";
import type { MatchesSearch } from "./search";
import { type Side, useCriteriaOf, useIdentity, useRanking, useSubject } from "./useRanking";

const route = getRouteApi("/inside/matches");

/** Places at first, and the most that the server ranks. */
const FIRST = 20;
const MOST = 200;

/** The workspace of one job or person. */
export function Workspace({ side, id }: { side: Side; id: string }) {
  const t = useTexts();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [limit, allow] = useState(FIRST);
  const [filtering, filter] = useState(false);
  const hidden = Boolean(search.hidden);
  const subject = useSubject(side, id);
  const ranking = useRanking(side, id, search, limit);
  const opened = ranking.placed.find((one) => one.id === search.open);
  const moreThere = ranking.total > ranking.placed.length && limit < MOST;
  // Somebody was sent to a place that is further down.
  const further = Boolean(search.open) && !opened && moreThere && !ranking.isFetching;
  useEffect(() => {
    if (further) allow(MOST);
  }, [further]);
  const shown = opened ?? ranking.placed[0];
  const jobId = side === "job" ? id : shown?.id;
  const criteria = useCriteriaOf(jobId);
  const { name, hide } = useIdentity(
    { id: side === "talent" ? id : undefined, name: side === "talent" ? subject.title : null, number: 1 },
    hidden && side === "talent",
  );
  const title = subject.title === null ? null : side === "talent" ? name : subject.title;
  const more = hide(subject.more);
  const filtered = Boolean(search.location || search.skill || search.years);

  const set = (part: Partial<MatchesSearch>, push = false) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: !push, resetScroll: false });
  const clear = () => set({ location: undefined, skill: undefined, years: undefined });

  /** Back to the list, with the focus where it came from. */
  function close() {
    const place = opened?.place;
    set({ open: undefined });
    document.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  }

  const listed = side === "job" ? { text: t("frame.jobs"), to: "/jobs" } : { text: t("frame.people"), to: "/people" };
  const own = side === "job" ? `/jobs/${id}` : `/people/${id}`;
  useCrumbs(
    [
      listed,
      ...(title ? [{ text: title, ...(side === "talent" && hidden ? {} : { to: own }) }] : []),
      { text: t("frame.matches") },
    ],
    subject.demo,
  );
  const job = side === "job" ? { id, title: subject.title } : shown ? { id: shown.id, title: shown.name } : undefined;

  if (subject.error && subject.title === null) {
    return (
      <div className={css.pad}>
        <h1>{t("frame.matches")}</h1>
        <Failure error={subject.error} onRetry={subject.retry} />
        <ButtonLink to="/matches">{t("matches.back")}</ButtonLink>
      </div>
    );
  }
  return (
    <div className={css.page}>
      <header className={css.header}>
        <div className="grow">
          <div className={css.names}>
            <h1 lang={languageOf(title)}>{title ?? t("frame.matches")}</h1>
            <span className="ink2" lang={languageOf(more)}>
              {more}
            </span>
          </div>
          <div className={css.engine}>
            {criteria && (
              <Engine>
                {t(criteria.some((one) => one.kind === "meaning") ? "matches.engine_model" : "matches.engine_rules")}
              </Engine>
            )}
          </div>
        </div>
        <div className={css.acts}>
          <Checkbox isSelected={hidden} onChange={(on) => set({ hidden: on || undefined })}>
            {t("matches.hide")}
          </Checkbox>
          <span className={css.narrow}>
            <Button
              icon={<SlidersHorizontal aria-hidden />}
              aria-expanded={filtering}
              aria-controls="filters"
              onPress={() => filter(!filtering)}
            >
              {t("matches.show_filters")}
            </Button>
          </span>
          <ButtonLink to="/matches" search={{}}>
            {t("matches.back")}
          </ButtonLink>
        </div>
      </header>
      <div className={css.columns}>
        <Filters
          search={search}
          onChange={set}
          onClear={clear}
          filtered={filtered}
          job={job}
          criteria={criteria}
          open={filtering}
        />
        <RankedList
          side={side}
          id={id}
          ranking={ranking}
          shown={shown?.id}
          opened={Boolean(opened)}
          hidden={hidden}
          filtered={filtered}
          onClear={clear}
          onMore={moreThere ? () => allow(Math.min(MOST, limit * 3)) : undefined}
        />
        {shown ? (
          <Explanation
            key={shown.id}
            side={side}
            of={id}
            placed={shown}
            all={ranking.placed}
            hidden={hidden}
            opened={Boolean(opened)}
            onClose={close}
          />
        ) : (
          ranking.isPending && (
            <div>
              <Bones lines={8} />
            </div>
          )
        )}
      </div>
    </div>
  );
}
