/** What fields are called and how their values are written in the language that is read. */
import type { Study } from "@/api/resumes";
import { type Language, type Texts, useLanguage, useTexts } from "@/texts";
import type { Field } from "./fields";

type Degree = NonNullable<Study["degree"]>;
const DEGREES: readonly string[] = ["secondary", "associate", "bachelor", "master", "doctor"] satisfies Degree[];
export const isDegree = (value: string): value is Degree => DEGREES.includes(value);

/** Years and months as `2019-03` or `2019`. */
function monthOf(value: string, month: Intl.DateTimeFormat, year: Intl.DateTimeFormat): string {
  const [y, m] = value.split("-").map(Number);
  if (!y || Number.isNaN(y)) return value;
  return (m ? month : year).format(new Date(Date.UTC(y, (m ?? 1) - 1, 1)));
}

export interface Told {
  name: string;
  value: string;
  /** Where it comes from and how sure it is. */
  detail: string;
}

/** The words of a person's page that are made of several parts. Each field has some, and they are dear to make. */
export function usePersonWords(): PersonWords {
  const [t, language] = [useTexts(), useLanguage()];
  const known = made.get(t) ?? personWords(t, language);
  made.set(t, known);
  return known;
}

type PersonWords = ReturnType<typeof personWords>;
const made = new WeakMap<Texts, PersonWords>();

function personWords(t: Texts, language: Language) {
  const month = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", timeZone: "UTC" });
  const year = new Intl.DateTimeFormat(language, { year: "numeric", timeZone: "UTC" });
  const when = (value: string) => monthOf(value, month, year);

  /** From when to when; empty when neither is known. */
  function period(began?: string | null, ended?: string | null, current?: boolean): string {
    const to = current ? t("person.present") : ended ? when(ended) : "";
    if (began && to) return t("person.from_to", { began: when(began), ended: to });
    return began ? when(began) : to;
  }

  function periodOf(value: string): string {
    const [began, ended] = value.split("/");
    return period(began, ended === "present" ? null : ended, ended === "present");
  }

  const years = (value: number) => t("person.years", { years: Math.round(value * 10) / 10 });
  const degree = (value: string) => (isDegree(value) ? t(`person.degree_${value}`) : value);

  function used(skill: NonNullable<Field["skill"]>): string {
    const named = t("person.named", { times: skill.spans.length });
    if (typeof skill.years !== "number" || skill.years <= 0) return named;
    const last = skill.last_used;
    if (!last) return years(skill.years);
    return t("person.years_last", { years: years(skill.years), when: when(last.slice(0, 4)) });
  }

  function saying(field: Field): string {
    const { value, work, study, skill } = field;
    if (value === null) return t("person.not_stated");
    if (work) return [work.title, work.company].filter(Boolean).join(" · ") || t("person.unnamed_position");
    if (study) return study.school ?? study.major ?? t("person.unnamed_study");
    if (skill) return used(skill);
    if (field.kind === "degree") return degree(value);
    if (field.kind === "date") return periodOf(value);
    if (field.kind === "years_of_experience" || field.kind === "years_total") {
      return Number.isNaN(Number(value)) ? value : years(Number(value));
    }
    return value;
  }

  function nameOf(field: Field): string {
    if (field.kind === "skill" && field.value) return field.value;
    return t(`person.kind_${field.kind}`);
  }

  function detailOf(field: Field): string {
    if (field.source === "none") return t("person.no_source");
    if (field.work) return period(field.work.began, field.work.ended, field.work.current) || t("person.no_period");
    if (field.study) return period(field.study.began, field.study.ended) || t("person.no_period");
    const place = field.page ? t("person.on_page", { page: field.page }) : t("person.in_text");
    const where = field.spans.length ? place : t("person.worked_out");
    return field.confidence === null ? where : `${where} · ${field.confidence.toFixed(2)}`;
  }

  const tell = (field: Field): Told => ({ name: nameOf(field), value: saying(field), detail: detailOf(field) });
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  return { tell, period, years, degree, used, list: (items: string[]) => list.format(items) };
}
