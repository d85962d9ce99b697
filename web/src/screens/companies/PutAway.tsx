/** Says that a company is archived, and takes it back. */
import type { Company } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { Button } from "@/parts/Button";
import { Note } from "@/parts/Feedback";
import { useTexts } from "@/texts";
import { useArchiving } from "./archiving";

export function PutAway({ company }: { company: Company }) {
  const t = useTexts();
  const archiving = useArchiving();
  const restore = (
    <Button
      data-act="restore"
      size="sm"
      isPending={archiving.isPending}
      onPress={() => void archiving.takeBack(company)}
    >
      {t("companies.restore")}
    </Button>
  );
  return <Note actions={useMayWrite() && restore}>{t("companies.is_archived")}</Note>;
}
