/** Positions and skills, as the résumé tells them. */
import { useQuery } from "@tanstack/react-query";
import { type Parsed, resumeQuery, type Skill } from "@/api/resumes";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Tag } from "@/parts/Words";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./Panel.module.css";
import { byYears, periodOf } from "./resume";

/** Skills that are shown; the whole page has them all. */
const SHOWN = 14;

function Positions({ parsed, filename }: { parsed: Parsed; filename: string }) {
  const t = useTexts();
  const work = parsed.work ?? [];
  return (
    <section>
      <SectionHead level={3} end={<span title={filename}>{t("people.from_resume")}</span>}>
        {t("people.experience")}
      </SectionHead>
      {work.length === 0 && <p className="meta">{t("people.no_positions")}</p>}
      <ol className={css.time}>
        {work.map((one, number) => (
          <li key={number}>
            <span className="meta num">{periodOf(one, t("people.now"))}</span>
            <div>
              {one.company && <b lang={languageOf(one.company)}>{one.company}</b>}
              {one.company && one.title && " · "}
              {one.title && <span lang={languageOf(one.title)}>{one.title}</span>}
              {!one.company && !one.title && t("people.position")}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SkillTag({ skill }: { skill: Skill }) {
  const [t, format] = [useTexts(), useFormats()];
  const years = typeof skill.years === "number" && skill.years > 0 ? format.one(skill.years) : null;
  const last = skill.last_used?.slice(0, 4);
  return (
    <Tag>
      <b lang={languageOf(skill.name)}>{skill.name}</b>
      {years && <span className="num">{t("people.for_years", { years })}</span>}
      {years && last && <span className="num">· {last}</span>}
    </Tag>
  );
}

function Skills({ skills }: { skills: readonly Skill[] }) {
  const t = useTexts();
  if (skills.length === 0) return null;
  const rest = skills.length - SHOWN;
  return (
    <section>
      <SectionHead level={3} end={t("people.skills_are")}>
        {t("people.skills")}
      </SectionHead>
      <ul className={css.skills}>
        {byYears(skills)
          .slice(0, SHOWN)
          .map((skill) => (
            <li key={skill.concept_id}>
              <SkillTag skill={skill} />
            </li>
          ))}
        {rest > 0 && <li className="meta">{t("people.more_skills", { rest })}</li>}
      </ul>
    </section>
  );
}

export function FromResume({ id }: { id: string }) {
  const asked = useQuery(resumeQuery(id));
  if (asked.isPending) return <Bones lines={6} />;
  if (asked.isError) return <Failure error={asked.error} onRetry={() => asked.refetch()} />;
  const { parsed, filename } = asked.data;
  return (
    <>
      <Positions parsed={parsed} filename={filename} />
      <Skills skills={parsed.skills ?? []} />
    </>
  );
}
