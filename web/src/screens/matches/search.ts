import { flag, number, oneOf, type Raw, text, told } from "@/state/search";

export const OF = ["jobs", "people"] as const;

/**
 * What the address of the matches holds: for which job or person, the filters, which match is explained, whether names
 * are hidden; with neither job nor person, what is searched to choose one.
 */
export const matchesSearch = (raw: Raw) =>
  told({
    job: text(raw.job, 64),
    talent: text(raw.talent, 64),
    location: text(raw.location),
    skill: text(raw.skill),
    years: number(raw.years, 0, 60),
    open: text(raw.open, 64),
    hidden: flag(raw.hidden),
    of: oneOf(raw.of, OF),
    q: text(raw.q),
  });
export type MatchesSearch = ReturnType<typeof matchesSearch>;
