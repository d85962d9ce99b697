/** What waits for somebody in the uploads that were made last. */
import { filesOf, type MatchedFile, type Run } from "@/api/runs";
import { needsSomebody } from "@/screens/upload/story";

export interface Waiting {
  run: Run;
  file: MatchedFile;
}

/** Files that failed first, then people to look at; within each, the newest upload first. */
export function waitingIn(runs: readonly Run[]): Waiting[] {
  const all = runs.flatMap((run) =>
    filesOf(run)
      .filter(needsSomebody)
      .map((file) => ({ run, file })),
  );
  const failed = ({ file }: Waiting) => file.state === "failed";
  return [...all.filter(failed), ...all.filter((one) => !failed(one))];
}
