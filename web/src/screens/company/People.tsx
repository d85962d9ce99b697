/** People whose headline names a company. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Company, talentsQuery } from "@/api/crm";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Avatar } from "@/parts/Words";
import css from "@/screens/companies/Companies.module.css";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";

const SHOWN = 10;
/** The longest question that the list of people takes. */
const LONGEST = 200;

export function People({ company }: { company: Company }) {
  const [t, format] = [useTexts(), useFormats()];
  const q = company.name.slice(0, LONGEST);
  const people = useInfiniteQuery(talentsQuery({ q }, SHOWN));
  const page = people.data?.pages[0];
  const total = page?.total ?? page?.items.length ?? 0;
  const end =
    total > SHOWN ? (
      <Link to="/people" search={{ q }}>
        {t("companies.jobs_all", { count: format.number(total) })}
      </Link>
    ) : undefined;
  return (
    <section aria-labelledby="company-people">
      <SectionHead level={2} id="company-people" end={end}>
        {t("companies.people")}
      </SectionHead>
      {people.isPending && <Bones lines={3} />}
      {people.isError && <Failure error={people.error} onRetry={() => people.refetch()} />}
      {page && (
        <p className="meta">
          {page.items.length ? t("companies.people_hint", { name: company.name }) : t("companies.people_none")}
        </p>
      )}
      <ul className={css.list}>
        {page?.items.map((one) => (
          <li key={one.id}>
            <Link to="/people/$id" params={{ id: one.id }} className={css.entry}>
              <Avatar name={one.name} />
              <span className={css.words}>
                <b lang={languageOf(one.name)}>{one.name ?? t("parts.nameless")}</b>
                <span className="ink2" lang={languageOf(one.headline)}>
                  {one.headline}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
