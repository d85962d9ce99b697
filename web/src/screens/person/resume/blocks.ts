/** A résumé's text in blocks: pages, and within them lines that look like headings. No character is changed or lost. */
import type { Parsed } from "@/api/resumes";
import { cutter, lengthOf, type Span } from "@/parts/passages";

export interface Block extends Span {
  kind: "text" | "heading" | "name";
}

export interface Sheet extends Span {
  /** Null where the document has no pages. */
  page: number | null;
  blocks: Block[];
}

/** What stands before and after the words of a heading: numbers, brackets, colons, rules. */
const DRESS = /^[\s#*•■◆▪【[（(]*(?:[一二三四五六七八九十\d]+[、.．)）]\s*)?[【[]?|[\s:：】\]）)*=_-]*$/g;
const WORDS = new RegExp(
  `^(?:${[
    "(?:professional |career |personal )?(?:summary|profile|objective|statement)",
    "about(?: me)?|contact(?: details| information)?|personal (?:details|information)",
    "(?:work |professional |relevant |teaching |clinical )?(?:experience|history)|employment(?: history)?|career history",
    "education(?: and training)?|academic background|qualifications",
    "(?:technical |core |key )?(?:skills|competencies|competences)(?: .{0,30})?",
    "(?:licen[cs]es|certifications?|certificates)(?: .{0,30})?",
    "languages?|projects?|publications?|awards?(?: and honou?rs)?|interests|hobbies|references|volunteering|training",
    "(?:个人|基本|联系)(?:信息|资料|简介|概况|总结|优势|评价|方式)|自我(?:评价|介绍)|关于我|求职意向|职业(?:目标|概述|概况)",
    "(?:工作|职业|实习|项目|任职|从业|教学|校园|社会)(?:经历|经验|履历|背景|实践)",
    "教育(?:经历|背景|程度)?|学历(?:背景)?|培训(?:经历)?",
    "(?:专业|个人|职业|核心)?(?:技能|特长|能力)(?:与证书|证书|特长|清单|及证书|和证书)?|掌握技能",
    "(?:资格|执业|专业)?证书(?:与资质|与荣誉)?|资质|语言(?:能力)?|荣誉(?:奖项|证书)?|获奖(?:经历|情况)?|兴趣(?:爱好)?",
  ].join("|")})$`,
  "i",
);
const LONGEST = 40;
/** A longer line is none whatever its dress: to take that off takes long where there is much of it. */
const WITH_DRESS = 200;

/** Whether a line is a heading: known words, or a short line of capitals without a number. */
export function isHeading(line: string): boolean {
  if (line.length > WITH_DRESS) return false;
  const bare = line.replace(DRESS, "").trim();
  if (bare === "" || bare.length > LONGEST) return false;
  return WORDS.test(bare) || /^(?=(?:.*[A-Z]){4})[A-Z &/,'-]+$/.test(bare);
}

function blocksOf(text: string, { start, end }: Span, name: number | undefined): Block[] {
  const blocks: Block[] = [];
  let at = start;
  for (const line of cutter(text)(start, end).split(/(?<=\n)/)) {
    const next = at + lengthOf(line);
    const named = name !== undefined && at <= name && name < next && line.length <= LONGEST;
    const kind = named ? "name" : isHeading(line) ? "heading" : "text";
    const before = blocks.at(-1);
    if (kind === "text" && before?.kind === "text") before.end = next;
    else if (next > at) blocks.push({ kind, start: at, end: next });
    at = next;
  }
  return blocks;
}

/** The text in sheets: one for each page, or one for all. What stands between two pages belongs to the earlier one. */
export function sheetsOf(parsed: Parsed): Sheet[] {
  const { text, pages = [] } = parsed;
  const length = lengthOf(text);
  const name = (parsed.facts ?? []).find((fact) => fact.kind === "name")?.start ?? undefined;
  const cuts = pages.length ? pages.map((page) => page.start).sort((a, b) => a - b) : [0];
  cuts[0] = 0;
  return cuts.map((start, number) => {
    const sheet = { start, end: cuts[number + 1] ?? length };
    return { ...sheet, page: pages[number]?.number ?? null, blocks: blocksOf(text, sheet, name) };
  });
}
