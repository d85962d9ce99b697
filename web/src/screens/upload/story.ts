/** What is told of a file, and what of all of them together. */
import type { MatchedFile } from "@/api/runs";
import type { Tone } from "@/parts/Words";

export const STANDINGS = [
  "waiting",
  "reading",
  "matching",
  "done",
  "duplicate",
  "uncertain",
  "unreadable",
  "failed",
  "stopped",
  "dismissed",
] as const;
export type Standing = (typeof STANDINGS)[number];

export const TONES: Record<Standing, Tone> = {
  waiting: "off",
  reading: "plain",
  matching: "plain",
  done: "ok",
  duplicate: "warn",
  uncertain: "warn",
  unreadable: "bad",
  failed: "bad",
  stopped: "off",
  dismissed: "off",
};

/** Where a file stands, by what matters most of it. */
export function standingOf(file: MatchedFile): Standing {
  if (file.dismissed) return "dismissed";
  if (file.stage === "failed") return file.error?.code.startsWith("resume.") ? "unreadable" : "failed";
  if (file.stage === "cancelled") return "stopped";
  if (file.stage !== "done") return file.stage;
  if (file.duplicates?.length) return "duplicate";
  return file.uncertain ? "uncertain" : "done";
}

const LOOKED_AT: readonly Standing[] = ["duplicate", "uncertain"];
const BROKEN: readonly Standing[] = ["unreadable", "failed"];
const UNDER_WAY: readonly Standing[] = ["reading", "matching"];

/** Whether somebody should look at it. */
export const needsSomebody = (file: MatchedFile): boolean => [...LOOKED_AT, ...BROKEN].includes(standingOf(file));

/** Whether it can be asked for again. */
export const canRetry = (file: MatchedFile): boolean => file.state === "failed" || file.state === "cancelled";

export interface Tally {
  ready: number;
  need: number;
  broken: number;
  underWay: number;
  waiting: number;
  stopped: number;
}

/** How many stand how. Those that were dismissed are through, and counted nowhere. */
export function tally(files: readonly MatchedFile[]): Tally {
  const standings = files.map(standingOf);
  const count = (those: readonly Standing[]) => standings.filter((one) => those.includes(one)).length;
  return {
    ready: count(["done"]),
    need: count(LOOKED_AT),
    broken: count(BROKEN),
    underWay: count(UNDER_WAY),
    waiting: count(["waiting"]),
    stopped: count(["stopped"]),
  };
}

export type Shown = "all" | "waiting" | "done";

/** Whether a filter shows a file. One that was read and needs somebody is waiting, and not done as well. */
export function isShown(file: MatchedFile, show: Shown): boolean {
  if (show === "all") return true;
  return show === "waiting" ? needsSomebody(file) : standingOf(file) === "done";
}

/** The files of a filter: those that need somebody first, then those under way, done, waiting. */
export function shownFiles(files: readonly MatchedFile[], show: Shown): MatchedFile[] {
  const rank = (file: MatchedFile) => {
    const standing = standingOf(file);
    if (needsSomebody(file)) return 0;
    if (UNDER_WAY.includes(standing)) return 1;
    return ["done", "waiting", "stopped", "dismissed"].indexOf(standing) + 2;
  };
  return files.filter((file) => isShown(file, show)).sort((a, b) => rank(a) - rank(b) || a.number - b.number);
}

export const KINDS = ["pdf", "word", "text", "other"] as const;

/** What a file is, as its name says. */
export function kindOf(name: string): (typeof KINDS)[number] {
  if (/\.pdf$/i.test(name)) return "pdf";
  if (/\.docx?$/i.test(name)) return "word";
  return /\.(txt|text|md)$/i.test(name) ? "text" : "other";
}
