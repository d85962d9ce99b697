/** A company: what is known of it, its jobs, and the people who name it. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Ellipsis, Pencil } from "lucide-react";
import { useState } from "react";
import { type Company, companyQuery } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { useCrumbs } from "@/frame/crumbs";
import { Button } from "@/parts/Button";
import { Bones, Failure, Note } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { Action, Menu } from "@/parts/Menu";
import { useArchiving } from "@/screens/companies/archiving";
import { CompanyDialog } from "@/screens/companies/CompanyDialog";
import { CompanyFacts } from "@/screens/companies/CompanyFacts";
import { CompanyJobs } from "@/screens/companies/CompanyJobs";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Company.module.css";
import { People } from "./People";

function Head({ company }: { company: Company }) {
  const t = useTexts();
  const mayWrite = useMayWrite();
  const archiving = useArchiving();
  const [editing, edit] = useState(false);
  const more = [company.industry, company.location, company.size].filter(Boolean).join(" · ");
  return (
    <header className={css.head}>
      <div className="grow">
        <h1 lang={languageOf(company.name)}>{company.name}</h1>
        <p className="ink2 small">{more}</p>
      </div>
      {mayWrite && !company.archived && (
        <div className="row">
          <Button icon={<Pencil aria-hidden />} onPress={() => edit(true)}>
            {t("companies.edit")}
          </Button>
          <Menu
            label={t("companies.more")}
            button={<Button aria-label={t("companies.more")} icon={<Ellipsis aria-hidden />} />}
          >
            <Action id="archive" text={t("companies.archive")} onAction={() => void archiving.putAway(company)} />
          </Menu>
        </div>
      )}
      {editing && <CompanyDialog company={company} onClose={() => edit(false)} />}
    </header>
  );
}

function PutAway({ company }: { company: Company }) {
  const t = useTexts();
  const archiving = useArchiving();
  const restore = (
    <Button size="sm" isPending={archiving.isPending} onPress={() => void archiving.takeBack(company)}>
      {t("companies.restore")}
    </Button>
  );
  return <Note actions={useMayWrite() && restore}>{t("companies.is_archived")}</Note>;
}

export function Screen() {
  const t = useTexts();
  const { id } = useParams({ from: "/inside/companies/$id" });
  const { data: company, error, refetch } = useQuery(companyQuery(id));
  useCrumbs([{ text: t("frame.companies"), to: "/companies" }, { text: company?.name ?? "…" }], company?.demo);
  if (error && !company) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!company) return <Bones lines={8} />;
  return (
    <div className={css.page}>
      <Head company={company} />
      {company.archived && <PutAway company={company} />}
      <div className={css.columns}>
        <div className={css.main}>
          <CompanyJobs company={company} />
          <People company={company} />
        </div>
        <section aria-labelledby="company-facts">
          <SectionHead level={2} id="company-facts">
            {t("companies.facts")}
          </SectionHead>
          <CompanyFacts company={company} />
        </section>
      </div>
    </div>
  );
}
