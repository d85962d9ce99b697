/** What is wrong with a change of password, beside the field that it belongs to. */
import { ApiError } from "@/api/client";
import type { Texts } from "@/texts";

export interface Passwords {
  current: string;
  new: string;
  again: string;
}

export type Faults = Partial<Record<keyof Passwords, string>>;

/** What can be seen before the server is asked. */
export function faultsBefore(said: Passwords, t: Texts): Faults {
  const faults: Faults = {};
  if (said.current === "") faults.current = t("settings.current_missing");
  if (said.new === "") faults.new = t("settings.new_missing");
  else if (said.new === said.current) faults.new = t("settings.new_same");
  else if (said.again !== said.new) faults.again = t("settings.again_other");
  return faults;
}

interface Problem {
  problem: string;
  field: string;
  message: string;
  min_length?: number;
  max_length?: number;
}

function wordsFor(problem: Problem, t: Texts): string {
  switch (problem.problem) {
    case "string_too_short":
      return t("settings.new_short", { least: problem.min_length ?? 8 });
    case "string_too_long":
      return t("settings.new_long", { most: problem.max_length ?? 200 });
    case "characters":
      return t("settings.new_characters");
    case "password_common":
      return t("settings.new_common");
    case "password_is_username":
      return t("settings.new_username");
    default:
      return problem.message;
  }
}

/** What the server refused; nothing when the refusal belongs to no field. */
export function faultsOf(error: unknown, t: Texts): Faults {
  if (!(error instanceof ApiError)) return {};
  if (error.code === "auth.wrong_password") return { current: t("settings.current_wrong") };
  const problems = (error.details.problems ?? []) as Problem[];
  const faults: Faults = {};
  for (const problem of problems) {
    if (problem.field === "new" || problem.field === "current") faults[problem.field] = wordsFor(problem, t);
  }
  return faults;
}
