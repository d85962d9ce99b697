import { expect, test } from "vitest";
import type { MatchedFile, Run } from "@/api/runs";
import { waitingIn } from "./waiting";

const file = (filename: string, state: MatchedFile["state"], more: Partial<MatchedFile> = {}) =>
  ({ number: 0, filename, state, stage: state, matches: [], warnings: [], ...more }) as MatchedFile;
const run = (id: string, ...files: MatchedFile[]) => ({ id, result: { files } }) as unknown as Run;

test("what failed comes first; what is done well or was dismissed waits for nobody", () => {
  const runs = [
    run("new", file("a", "done", { uncertain: 1 }), file("b", "done"), file("c", "failed")),
    run("old", file("d", "failed"), file("e", "failed", { dismissed: true }), file("f", "waiting")),
    { id: "begun", result: null } as unknown as Run,
  ];
  expect(waitingIn(runs).map(({ run: { id }, file: { filename } }) => `${id} ${filename}`)).toEqual([
    "new c",
    "old d",
    "new a",
  ]);
});
