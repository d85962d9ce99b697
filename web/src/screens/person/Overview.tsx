/** What is known about a person at a glance: facts, experience, education, skills. */
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { Talent } from "@/api/crm";
import type { Parsed } from "@/api/resumes";
import { Facts, Row, SectionHead } from "@/parts/Layout";
import { ProvenanceMark } from "@/parts/Provenance";
import { cutter } from "@/parts/passages";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { type KeyFact, keyFacts } from "./facts";
import css from "./Overview.module.css";
import { isHeading } from "./resume/blocks";
import { skillGroups } from "./skills";
import { usePersonWords } from "./words";

/** Lines of a position's passage that are shown. */
const LINES = 3;

/** The first lines of a passage after the one that names the position. */
export function firstLines(text: string, start: number, end: number, told: (string | null | undefined)[]): string[] {
  const lines = cutter(text)(start, end)
    .split("\n")
    .map((line) => line.replace(/^[\s•·\-*–▪◦]+/, "").trim())
    .filter(Boolean);
  const heading = (line: string) =>
    told.some((one) => one && line.includes(one)) || /^[(（]?[\d/年月.\s–—~～至今\-a-zA-Z]{4,24}[)）]?$/.test(line);
  let from = 0;
  while (from < lines.length && heading(lines[from]!)) from += 1;
  const own = lines.slice(from, from + LINES);
  const next = own.findIndex(isHeading); // the passage of the last position runs to the end of the text
  return next < 0 ? own : own.slice(0, next);
}

function Value({ fact }: { fact: KeyFact }) {
  const [t, words] = [useTexts(), usePersonWords()];
  const { kind, value } = fact;
  if (value === null) return <span className="ink2">{t("person.not_stated")}</span>;
  if (kind === "email" && !fact.masked) return <a href={`mailto:${value}`}>{value}</a>;
  if (kind === "phone" && !fact.masked) return <a href={`tel:${value}`}>{value}</a>;
  if (kind === "years" || kind === "stated_years") {
    return <>{Number.isNaN(Number(value)) ? value : words.years(Number(value))}</>;
  }
  if (kind === "degree") return <>{words.degree(value)}</>;
  return <span lang={languageOf(value)}>{value}</span>;
}

function KeyFacts({ talent, parsed }: { talent: Talent; parsed: Parsed | null }) {
  const t = useTexts();
  const positions = parsed?.work?.length ?? 0;
  const detail = (fact: KeyFact) => {
    if (fact.kind === "years" && fact.value) return t("person.from_positions", { count: positions });
    return fact.source === "person" ? t("person.by_hand") : t(`parts.source_${fact.source}`);
  };
  return (
    <Facts>
      {keyFacts(talent, parsed).map((fact, number) => (
        <Row
          key={number}
          name={t(`person.fact_${fact.kind}`)}
          end={<ProvenanceMark source={fact.source} detail={detail(fact)} />}
        >
          <Value fact={fact} />
          {fact.field && fact.source !== "inferred" && (
            <Link
              className={css.place}
              from="/people/$id"
              to="/people/$id"
              search={{ tab: "resume", fact: fact.field }}
              aria-label={t("person.show_place", { name: t(`person.fact_${fact.kind}`) })}
            >
              {t("person.place")}
            </Link>
          )}
        </Row>
      ))}
    </Facts>
  );
}

function Experience({ parsed }: { parsed: Parsed }) {
  const [t, words] = [useTexts(), usePersonWords()];
  const work = parsed.work ?? [];
  if (work.length === 0) return <p className={css.none}>{t("person.no_work")}</p>;
  return (
    <ol className={css.timeline}>
      {work.map((one, number) => (
        <li key={number}>
          <p className="meta">{words.period(one.began, one.ended, one.current) || t("person.no_period")}</p>
          <div>
            <h3 lang={languageOf(one.title ?? one.company)}>
              {[one.title, one.company].filter(Boolean).join(" · ") || t("person.unnamed_position")}
            </h3>
            {firstLines(parsed.text, one.passage_start, one.passage_end, [one.title, one.company]).map(
              (line, place) => (
                <p key={place} className={css.line} lang={languageOf(line)}>
                  {line}
                </p>
              ),
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Education({ parsed }: { parsed: Parsed }) {
  const [t, words] = [useTexts(), usePersonWords()];
  const studies = parsed.education ?? [];
  if (studies.length === 0) return <p className={css.none}>{t("person.no_education")}</p>;
  return (
    <ol className={css.timeline}>
      {studies.map((one, number) => (
        <li key={number}>
          <p className="meta">{words.period(one.began, one.ended) || t("person.no_period")}</p>
          <div>
            <h3 lang={languageOf(one.school ?? one.major)}>{one.school ?? t("person.unnamed_study")}</h3>
            <p className={css.line}>
              {[one.degree && words.degree(one.degree), one.major].filter(Boolean).join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function Skills({ parsed }: { parsed: Parsed }) {
  const [t, words] = [useTexts(), usePersonWords()];
  const groups = skillGroups(parsed.skills ?? []);
  if (groups.length === 0) return <p className={css.none}>{t("person.no_skills")}</p>;
  return (
    <dl className={css.skills}>
      {groups.map(({ kind, skills }) => (
        <Fragment key={kind}>
          <dt>{t(`person.skills_${kind}`)}</dt>
          <dd>
            <ul>
              {skills.map(({ skill, id }) => (
                <li key={id}>
                  <Link
                    from="/people/$id"
                    to="/people/$id"
                    search={{ tab: "resume", fact: id }}
                    lang={languageOf(skill.name)}
                  >
                    {skill.name}
                  </Link>
                  {typeof skill.years === "number" && skill.years > 0 && (
                    <span className="meta">{words.used(skill)}</span>
                  )}
                </li>
              ))}
            </ul>
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The overview; without a résumé it tells what was entered by hand. */
export function Overview({ talent, parsed }: { talent: Talent; parsed: Parsed | null }) {
  const t = useTexts();
  return (
    <div className={css.overview}>
      <section aria-labelledby="facts">
        <SectionHead level={2} id="facts">
          {t("person.facts")}
        </SectionHead>
        <KeyFacts talent={talent} parsed={parsed} />
      </section>
      {talent.note && (
        <section aria-labelledby="note">
          <SectionHead level={2} id="note">
            {t("person.note")}
          </SectionHead>
          <p className={css.note} lang={languageOf(talent.note)}>
            {talent.note}
          </p>
        </section>
      )}
      {parsed && (
        <>
          <section aria-labelledby="experience">
            <SectionHead level={2} id="experience">
              {t("person.experience")}
            </SectionHead>
            <Experience parsed={parsed} />
          </section>
          <section aria-labelledby="education">
            <SectionHead level={2} id="education">
              {t("person.group_education")}
            </SectionHead>
            <Education parsed={parsed} />
          </section>
          <section aria-labelledby="skills">
            <SectionHead level={2} id="skills">
              {t("person.group_skills")}
            </SectionHead>
            <Skills parsed={parsed} />
          </section>
        </>
      )}
    </div>
  );
}
