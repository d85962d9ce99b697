/** Put a company away, with the way back. */
import { type Company, useArchiveCompany } from "@/api/crm";
import { useFaultWords } from "@/parts/Feedback";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";

export function useArchiving() {
  const t = useTexts();
  const words = useFaultWords();
  const archive = useArchiveCompany();
  const failed = (error: unknown) => toast({ text: words(error), tone: "bad" });
  return {
    isPending: archive.isPending,
    putAway: ({ id, name }: Company) =>
      archive.mutateAsync({ id }).then(
        () =>
          toast({
            text: t("companies.archived", { name }),
            undo: () => archive.mutateAsync({ id, restore: true }),
          }),
        failed,
      ),
    takeBack: ({ id, name }: Company) =>
      archive.mutateAsync({ id, restore: true }).then(() => toast({ text: t("companies.restored", { name }) }), failed),
  };
}
