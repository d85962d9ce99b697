/** Who fits a job best, with the reasons in short; the whole ranking is a page of its own. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { talentsForQuery } from "@/api/matching";
import { Bones, Empty, Failure } from "@/parts/Feedback";
import { Headline, RankedItem } from "@/screens/matches/RankedItem";
import { overlapping, placedPeople, runs } from "@/screens/matches/ranking";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Job.module.css";

const TOP = 10;

/** The column. */
export function People({ id }: { id: string }) {
  const t = useTexts();
  const query = useQuery({ ...talentsForQuery(id, {}, TOP), placeholderData: keepPreviousData });
  const people = placedPeople(query.data?.matches ?? []);
  const unsure = people[0] ? overlapping(people, people[0]) : [];
  return (
    <section className={css.people} aria-labelledby="people">
      <div className={css.peopleHead}>
        <h2 id="people">{t("job.people")}</h2>
        <span className="meta num" role="status">
          {query.isFetching && query.data
            ? t("job.ranking_again")
            : query.data && t("job.ranked", { count: query.data.total })}
        </span>
        <span className="grow" />
        <span className={css.band}>
          <i aria-hidden /> {t("matches.possible")}
        </span>
        <Link className={css.all} to="/matches" search={{ job: id }}>
          {t("job.all_matches")}
        </Link>
      </div>
      {query.isPending && <Bones lines={10} />}
      {query.isError && !query.data && (
        <div className={css.pad}>
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data && people.length === 0 && <Empty title={t("job.nobody")}>{t("job.nobody_why")}</Empty>}
      <ol aria-busy={query.isFetching}>
        {people.map((placed) => (
          <RankedItem
            key={placed.id}
            placed={placed}
            gaps={1}
            name={
              <Link to="/matches" search={{ job: id, open: placed.id }} lang={languageOf(placed.name)}>
                {placed.name ?? t("parts.nameless")}
              </Link>
            }
            more={<Headline id={placed.id} />}
          />
        ))}
      </ol>
      {people.length > 0 && (
        <p className={`meta ${css.foot}`}>
          {unsure.length > 0 && `${t("job.unsure", { places: runs([1, ...unsure]).join(t("matches.between")) })} `}
          {t("job.nobody_moved")}
        </p>
      )}
    </section>
  );
}
