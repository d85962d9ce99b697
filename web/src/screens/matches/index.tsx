/** Who fits a job, which jobs fit a person, and why. */
import { getRouteApi } from "@tanstack/react-router";
import { Chooser } from "./Chooser";
import { Workspace } from "./Workspace";

const route = getRouteApi("/inside/matches");

export function Screen() {
  const { job, talent } = route.useSearch();
  if (job) return <Workspace key={job} side="job" id={job} />;
  if (talent) return <Workspace key={talent} side="talent" id={talent} />;
  return <Chooser />;
}
