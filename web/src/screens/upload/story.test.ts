import { expect, test } from "vitest";
import type { MatchedFile } from "@/api/runs";
import { canRetry, kindOf, needsSomebody, shownFiles, standingOf, TONES, tally } from "./story";

const file = (number: number, stage: MatchedFile["stage"], more: Partial<MatchedFile> = {}): MatchedFile => ({
  number,
  filename: `${number}.pdf`,
  stage,
  state: stage === "reading" || stage === "matching" ? "waiting" : stage,
  matches: [],
  warnings: [],
  ...more,
});
const error = (code: string) => ({ code, message: "", details: {} });
const same = [{ talent_id: "t", why: "same_email" as const }];

test.each([
  [file(0, "waiting"), "waiting", "off"],
  [file(0, "reading"), "reading", "plain"],
  [file(0, "matching", { uncertain: 2 }), "matching", "plain"],
  [file(0, "done", { uncertain: 0 }), "done", "ok"],
  [file(0, "done", { uncertain: 2 }), "uncertain", "warn"],
  [file(0, "done", { uncertain: 2, duplicates: same }), "duplicate", "warn"],
  [file(0, "failed", { error: error("resume.encrypted") }), "unreadable", "bad"],
  [file(0, "failed", { error: error("gateway.upload_lost") }), "failed", "bad"],
  [file(0, "failed", { error: error("resume.empty"), dismissed: true }), "dismissed", "off"],
  [file(0, "cancelled"), "stopped", "off"],
])("%#: %o stands as %s", (one, standing, tone) => {
  expect(standingOf(one)).toBe(standing);
  expect(TONES[standingOf(one)]).toBe(tone);
});

const files = [
  file(0, "waiting"),
  file(1, "done"),
  file(2, "reading"),
  file(3, "failed", { error: error("resume.empty") }),
  file(4, "done", { uncertain: 1 }),
  file(5, "failed", { dismissed: true }),
  file(6, "cancelled"),
];

test("those that need somebody come first, and each filter shows its own", () => {
  const numbers = (show: "all" | "waiting" | "done") => shownFiles(files, show).map((one) => one.number);
  expect(numbers("all")).toEqual([3, 4, 2, 1, 0, 6, 5]);
  expect(numbers("waiting")).toEqual([3, 4]);
  expect(numbers("done")).toEqual([1]);
});

test("every file that was not dismissed is counted once", () => {
  expect(tally(files)).toEqual({ ready: 1, need: 1, broken: 1, underWay: 1, waiting: 1, stopped: 1 });
  expect(files.filter(needsSomebody)).toHaveLength(2);
  expect(files.filter(canRetry).map((one) => one.number)).toEqual([3, 5, 6]);
});

test("the kind is what the name says", () => {
  expect(["a.PDF", "b.docx", "c.txt", "简历"].map(kindOf)).toEqual(["pdf", "word", "text", "other"]);
});
