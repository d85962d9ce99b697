/** An invented résumé for tests, with characters beyond the first plane before every fact. */
import type { Parsed } from "@/api/resumes";
import type { Span } from "@/parts/passages";

const TEXT = `🧵 𠮷野 Rui
rui@example.org

EXPERIENCE
Engineer, 𠮷野 Works
2019-03 to 2021-04
• Ran Kubernetes for 5 teams

EDUCATION
Halden University

SKILLS
Kubernetes`;

/** The place of the words' `nth` occurrence, in code points. */
function placeOf(words: string, nth = 0): Span {
  let unit = -1;
  for (let found = 0; found <= nth; found += 1) unit = TEXT.indexOf(words, unit + 1);
  const start = Array.from(TEXT.slice(0, unit)).length;
  return { start, end: start + Array.from(words).length };
}

export function sample(): { parsed: Parsed; at: (words: string, nth?: number) => Span } {
  const passage = { passage_start: placeOf("Engineer").start, passage_end: placeOf("EDUCATION").start };
  const school = placeOf("Halden University");
  const kubernetes = { concept_id: "kubernetes", name: "Kubernetes", kind: "platform", broader: [] };
  const parsed: Parsed = {
    text: TEXT,
    language: "en",
    source: "text",
    pages: [],
    facts: [
      { kind: "name", value: "𠮷野 Rui", ...placeOf("𠮷野 Rui"), method: "rule:name", confidence: 0.97 },
      {
        kind: "email",
        value: "rui@example.org",
        ...placeOf("rui@example.org"),
        method: "rule:email",
        confidence: 0.99,
      },
      {
        kind: "title",
        value: "Engineer",
        ...placeOf("Engineer"),
        method: "rule:title",
        confidence: 0.8,
        entry: "work:0",
      },
      {
        kind: "company",
        value: "𠮷野 Works",
        ...placeOf("𠮷野 Works"),
        method: "rule:x",
        confidence: 0.5,
        entry: "work:0",
      },
      {
        kind: "date",
        value: "2019-03/2021-04",
        ...placeOf("2019-03 to 2021-04"),
        method: "rule:period",
        confidence: 0.95,
      },
      ...[0, 1].map((nth) => ({
        kind: "skill" as const,
        value: "Kubernetes",
        ...placeOf("Kubernetes", nth),
        method: "rule:skill",
        confidence: 0.95,
        concept_id: "kubernetes",
      })),
    ],
    work: [{ title: "Engineer", company: "𠮷野 Works", began: "2019-03", ended: "2021-04", ...passage }],
    education: [{ school: "Halden University", passage_start: school.start, passage_end: school.end }],
    skills: [
      { ...kubernetes, years: 2.1, last_used: "2021-04", spans: [placeOf("Kubernetes", 0), placeOf("Kubernetes", 1)] },
    ],
    titles: [],
    years_total: 2.1,
    warnings: [],
  };
  return { parsed, at: placeOf };
}
