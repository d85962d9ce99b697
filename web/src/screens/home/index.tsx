/** The first page: what waits, what goes on, what is new. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { uploadsQuery } from "@/api/runs";
import { useCrumbs } from "@/frame/crumbs";
import { Bones } from "@/parts/Feedback";
import { Count } from "@/parts/Words";
import { useLanguage, useTexts } from "@/texts";
import css from "./Home.module.css";
import { Companies, companiesAsked, Jobs, jobsAsked, People, peopleAsked } from "./Records";
import { Uploads, WaitsForMe } from "./Uploads";
import { Welcome } from "./Welcome";
import { waitingIn } from "./waiting";

function useToday(): string {
  const language = useLanguage();
  return new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "long" }).format(new Date());
}

export function Screen() {
  const t = useTexts();
  const uploads = useQuery(uploadsQuery()).data?.items;
  const [people, jobs, companies] = [
    useInfiniteQuery(peopleAsked),
    useInfiniteQuery(jobsAsked),
    useInfiniteQuery(companiesAsked),
  ];
  const today = useToday();
  useCrumbs([{ text: t("frame.home") }]);
  const waiting = waitingIn(uploads ?? []).length;
  const records = [people, jobs, companies].map((asked) => asked.data?.pages[0]?.items.length);
  const empty = uploads?.length === 0 && records.every((count) => count === 0);
  const unknown = people.isPending;
  return (
    <div>
      <header className={css.head}>
        <h1>{t("home.today")}</h1>
        <span className="meta">{today}</span>
        {waiting > 0 && (
          <span className={css.waits}>
            <Count mine>{waiting}</Count> {t("home.waiting", { count: waiting })}
          </span>
        )}
      </header>
      {unknown ? (
        <Bones lines={8} />
      ) : empty ? (
        <Welcome />
      ) : (
        <div className={css.blocks}>
          <WaitsForMe />
          <Uploads />
          <People />
          <Jobs />
          <Companies />
        </div>
      )}
    </div>
  );
}
