import { flag, number, type Raw, text, told } from "@/state/search";

/** What the address of the matches holds: for which job or person, the filters, which match is explained. */
export const matchesSearch = (raw: Raw) =>
  told({
    job: text(raw.job, 64),
    talent: text(raw.talent, 64),
    location: text(raw.location),
    skill: text(raw.skill),
    years: number(raw.years, 0, 60),
    open: text(raw.open, 64),
    hidden: flag(raw.hidden),
  });
