/** What stands in the place of hits: examples before anything was asked, and what to try when nothing was found. */
import { Link } from "@tanstack/react-router";
import type { Collection, Way } from "@/api/searching";
import { ButtonLink } from "@/parts/Button";
import { Empty } from "@/parts/Feedback";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Search.module.css";
import { KINDS } from "./search";

const EXAMPLES = ["1", "2", "3"] as const;

export function Begin({ collection }: { collection: Collection }) {
  const t = useTexts();
  return (
    <div className={css.begin}>
      <h2>{t("search.begin")}</h2>
      <p>{t("search.begin_why")}</p>
      <ul>
        {EXAMPLES.map((number) => {
          const words = t(`search.example_${number}`);
          return (
            <li key={number}>
              <Link to="/search" search={(was) => ({ ...was, q: words, in: collection })} lang={languageOf(words)}>
                {words}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function NothingFound({ way, collection }: { way: Way; collection: Collection }) {
  const t = useTexts();
  return (
    <Empty
      title={t("search.nothing")}
      actions={
        <>
          {way === "text" && (
            <ButtonLink to="/search" search={(was) => ({ ...was, way: undefined })}>
              {t("search.try_hybrid")}
            </ButtonLink>
          )}
          {KINDS.filter((one) => one !== collection).map((one) => (
            <ButtonLink key={one} kind="quiet" to="/search" search={(was) => ({ ...was, in: one })}>
              {t("search.try_in", { place: t(`search.in_${one}`) })}
            </ButtonLink>
          ))}
        </>
      }
    >
      {t(way === "text" ? "search.nothing_text" : "search.nothing_other")}
    </Empty>
  );
}
