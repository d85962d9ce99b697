/** What can be done with a job from a list: close it, open it again, put it away; each with the way back. */
import { type Job, useArchiveJob, useChangeJob } from "@/api/crm";
import { useFaultWords } from "@/parts/Feedback";
import { catchFocus } from "@/screens/companies/focus";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";

export function useJobActs({ id, title, version, status }: Job) {
  const t = useTexts();
  const words = useFaultWords();
  const change = useChangeJob();
  const archive = useArchiveJob();
  const failed = (error: unknown) => toast({ text: words(error), tone: "bad" });
  const next = status === "open" ? "closed" : "open";
  const turnBack = async () => {
    await change.mutateAsync({ id, status });
    catchFocus("turn");
  };
  const restore = async () => {
    await archive.mutateAsync({ id, restore: true });
    catchFocus("edit");
  };
  return {
    isPending: change.isPending || archive.isPending,
    /** Close an open job, open a closed one. */
    turn: () =>
      change
        .mutateAsync({ id, version, status: next })
        .then(
          () => toast({ text: t(next === "closed" ? "jobs.closed" : "jobs.opened", { title }), undo: turnBack }),
          failed,
        ),
    putAway: () =>
      archive.mutateAsync({ id }).then(() => {
        catchFocus("restore");
        toast({ text: t("jobs.archived", { title }), undo: restore });
      }, failed),
    takeBack: () => restore().then(() => toast({ text: t("jobs.restored", { title }) }), failed),
  };
}
