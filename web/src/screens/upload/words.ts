import type { MatchedFile } from "@/api/runs";
import type { Texts } from "@/texts";
import { tally } from "./story";

/** What stands how, in a line: only what there is. */
export function tallyWords(t: Texts, list: (items: string[]) => string, files: readonly MatchedFile[]): string {
  const { ready, need, broken, underWay, waiting, stopped } = tally(files);
  const parts = [
    ready > 0 && t("upload.n_ready", { count: ready }),
    need > 0 && t("upload.n_need", { count: need }),
    broken > 0 && t("upload.n_broken", { count: broken }),
    underWay > 0 && t("upload.n_reading", { count: underWay }),
    waiting > 0 && t("upload.n_waiting", { count: waiting }),
    stopped > 0 && t("upload.n_stopped", { count: stopped }),
  ];
  return list(parts.filter((part): part is string => part !== false));
}
