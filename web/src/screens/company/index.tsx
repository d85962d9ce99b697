/** A company: what is known of it, its jobs, and the people who name it. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ApiError } from "@/api/client";
import { type Company, companyQuery } from "@/api/crm";
import { useCrumbs } from "@/frame/crumbs";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { CompanyFacts } from "@/screens/companies/CompanyFacts";
import { CompanyJobs } from "@/screens/companies/CompanyJobs";
import { CompanyActions } from "@/screens/companies/CompanyPanel";
import { PutAway } from "@/screens/companies/PutAway";
import { Missing } from "@/screens/missing";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Company.module.css";
import { People } from "./People";

function Head({ company }: { company: Company }) {
  const more = [company.industry, company.location, company.size].filter(Boolean).join(" · ");
  return (
    <header className={css.head}>
      <div className="grow">
        <h1 lang={languageOf(company.name)}>{company.name}</h1>
        <p className="ink2 small">{more}</p>
      </div>
      <div className="row">
        <CompanyActions company={company} />
      </div>
    </header>
  );
}

export function Screen() {
  const t = useTexts();
  const { id } = useParams({ from: "/inside/companies/$id" });
  const { data: company, error, refetch } = useQuery(companyQuery(id));
  useCrumbs([{ text: t("frame.companies"), to: "/companies" }, { text: company?.name ?? "…" }], company?.demo);
  if (!company && error instanceof ApiError && error.status === 404) return <Missing />;
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
