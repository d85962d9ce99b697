/** Skills by kind, those used longest first. */
import type { Skill } from "@/api/resumes";

export const SKILL_KINDS = ["work", "technology", "certificate", "language", "soft"] as const;
export type SkillKind = (typeof SKILL_KINDS)[number];

const KIND_OF: Record<string, SkillKind> = {
  method: "work",
  domain: "work",
  standard: "work",
  certificate: "certificate",
  language: "language",
  soft: "soft",
};

/** The groups that have skills; `id` is the one of the skill's field. */
export function skillGroups(skills: readonly Skill[]) {
  const all = skills.map((skill, number) => ({ skill, id: `s${number}`, kind: KIND_OF[skill.kind] ?? "technology" }));
  all.sort((a, b) => (b.skill.years ?? 0) - (a.skill.years ?? 0));
  return SKILL_KINDS.map((kind) => ({ kind, skills: all.filter((one) => one.kind === kind) })).filter(
    ({ skills: own }) => own.length > 0,
  );
}
