/** Put a company away, with the way back. */
import { type Company, useArchiveCompany } from "@/api/crm";
import { useFaultWords } from "@/parts/Feedback";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { catchFocus } from "./focus";

export function useArchiving() {
  const t = useTexts();
  const words = useFaultWords();
  const archive = useArchiveCompany();
  const failed = (error: unknown) => toast({ text: words(error), tone: "bad" });
  const restore = async (id: string) => {
    await archive.mutateAsync({ id, restore: true });
    catchFocus("edit");
  };
  return {
    isPending: archive.isPending,
    putAway: ({ id, name }: Company) =>
      archive.mutateAsync({ id }).then(() => {
        catchFocus("restore");
        toast({ text: t("companies.archived", { name }), undo: () => restore(id) });
      }, failed),
    takeBack: ({ id, name }: Company) =>
      restore(id).then(() => toast({ text: t("companies.restored", { name }) }), failed),
  };
}
