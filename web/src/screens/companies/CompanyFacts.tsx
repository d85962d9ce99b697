/** What is known of a company. */
import { ExternalLink } from "lucide-react";
import type { Company } from "@/api/crm";
import { Facts, Row } from "@/parts/Layout";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import css from "./Companies.module.css";
import { safeAddress } from "./fields";

function Website({ website }: { website: string }) {
  const address = safeAddress(website);
  if (!address) return website;
  return (
    <a className={css.out} href={address} target="_blank" rel="noopener noreferrer external">
      {website.replace(/^https?:\/\//, "").replace(/\/$/, "")} <ExternalLink aria-hidden />
    </a>
  );
}

export function CompanyFacts({ company }: { company: Company }) {
  const [t, format] = [useTexts(), useFormats()];
  return (
    <Facts>
      {(["industry", "location", "size"] as const).map((field) => (
        <Row key={field} name={t(`companies.${field}`)}>
          <span lang={languageOf(company[field])}>{company[field] ?? "–"}</span>
        </Row>
      ))}
      <Row name={t("companies.website")}>{company.website ? <Website website={company.website} /> : "–"}</Row>
      {company.note && (
        <Row name={t("companies.note")}>
          <p className={css.note} lang={languageOf(company.note)}>
            {company.note}
          </p>
        </Row>
      )}
      <Row name={t("companies.added")}>{format.day(company.created_at)}</Row>
      <Row name={t("companies.changed")}>{format.ago(company.updated_at)}</Row>
    </Facts>
  );
}
