/** A company beside the list. */
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import { type Company, companyQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { Button } from "@/parts/Button";
import { Bones, Failure } from "@/parts/Feedback";
import { Panel, SectionHead } from "@/parts/Layout";
import { type Beside, PanelClose } from "@/parts/List";
import { Action, Menu } from "@/parts/Menu";
import { useTexts } from "@/texts";
import { useArchiving } from "./archiving";
import { CompanyDialog } from "./CompanyDialog";
import { CompanyFacts } from "./CompanyFacts";
import { CompanyJobs } from "./CompanyJobs";
import { PanelHead } from "./PanelHead";
import { PutAway } from "./PutAway";

/** What can be done with a company: edit it, put it away. */
export function CompanyActions({ company, size }: { company: Company; size?: "sm" }): ReactNode {
  const t = useTexts();
  const archiving = useArchiving();
  const [editing, edit] = useState(false);
  if (!useMayWrite() || company.archived) return null;
  const more = <Button size={size} aria-label={t("companies.more")} icon={<Ellipsis aria-hidden />} />;
  return (
    <>
      <Button data-act="edit" size={size} icon={<Pencil aria-hidden />} onPress={() => edit(true)}>
        {t("companies.edit")}
      </Button>
      <Menu label={t("companies.more")} button={more}>
        <Action id="archive" text={t("companies.archive")} onAction={() => void archiving.putAway(company)} />
      </Menu>
      {editing && <CompanyDialog company={company} onClose={() => edit(false)} />}
    </>
  );
}

export function CompanyPanel({ id, row, onClose, footer }: Beside<Company>) {
  const t = useTexts();
  const { data: company, error, refetch } = useQuery({ ...companyQuery(id), placeholderData: row });
  if (!company)
    return (
      <Panel label={t("companies.title")} onClose={onClose} footer={footer} header={<PanelClose onPress={onClose} />}>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Bones lines={8} />}
      </Panel>
    );
  return (
    <Panel
      label={company.name}
      onClose={onClose}
      footer={footer}
      header={
        <PanelHead
          name={company.name}
          more={[company.industry, company.location]}
          demo={company.demo}
          to="/companies/$id"
          id={id}
          onClose={onClose}
          actions={<CompanyActions company={company} size="sm" />}
        />
      }
    >
      {company.archived && <PutAway company={company} />}
      <section aria-labelledby="company-facts">
        <SectionHead id="company-facts">{t("companies.facts")}</SectionHead>
        <CompanyFacts company={company} />
      </section>
      <CompanyJobs company={company} level={3} />
    </Panel>
  );
}
