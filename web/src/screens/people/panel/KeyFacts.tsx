/** How a person is reached, where they are, and how long they have worked. */
import { useQuery } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import type { Talent } from "@/api/crm";
import { resumeQuery } from "@/api/resumes";
import { Button } from "@/parts/Button";
import { Bone } from "@/parts/Feedback";
import { Facts, Row, SectionHead } from "@/parts/Layout";
import { Tag } from "@/parts/Words";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { highest } from "./resume";

type Contact = NonNullable<Talent["contacts"]>[number];

/** How long the button says that it was copied. */
const SAID_MS = 1500;

function CopyButton({ value }: { value: string }) {
  const t = useTexts();
  const [said, say] = useState(false);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => say(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      say(true);
    } catch {
      toast({ text: t("people.not_copied"), tone: "bad" }); // the browser forbids it, as on an address without https
    }
  }
  return (
    <>
      <Button
        kind="quiet"
        size="sm"
        icon={said ? <Check aria-hidden /> : <Copy aria-hidden />}
        aria-label={t("people.copy", { value })}
        onPress={copy}
      />
      <span className="sr" role="status">
        {said && t("people.copied", { value })}
      </span>
    </>
  );
}

/** Where a contact leads; a link from a document only when it is an address of the web. */
export function addressOf({ kind, value }: Pick<Contact, "kind" | "value">): string | undefined {
  if (kind === "email") return `mailto:${value}`;
  if (kind === "phone") return `tel:${value.replace(/[^+\d]/g, "")}`;
  return /^https?:\/\//i.test(value) ? value : undefined;
}

function ContactValue({ contact }: { contact: Contact }) {
  const address = contact.masked ? undefined : addressOf(contact);
  if (!address) return <span className={contact.masked ? "mono" : undefined}>{contact.value}</span>;
  const away = contact.kind === "link" ? { target: "_blank", rel: "noreferrer" } : {};
  return (
    <a href={address} {...away}>
      {contact.value}
    </a>
  );
}

export function KeyFacts({ person }: { person: Talent }) {
  const [t, format] = [useTexts(), useFormats()];
  const resume = useQuery({ ...resumeQuery(person.resume_id ?? ""), enabled: Boolean(person.resume_id) });
  const study = highest(resume.data?.parsed.education ?? []);
  const tags = person.tags ?? [];
  const degree = study && [study.degree && t(`people.degree_${study.degree}`), study.major, study.school];
  return (
    <section>
      <SectionHead level={3}>{t("people.facts")}</SectionHead>
      <Facts>
        {(person.contacts ?? []).map((contact) => (
          <Row
            key={`${contact.kind} ${contact.value}`}
            name={t(`people.contact_${contact.kind}`)}
            end={!contact.masked && <CopyButton value={contact.value} />}
          >
            <ContactValue contact={contact} />
          </Row>
        ))}
        <Row name={t("people.location")}>
          {person.location ? <span lang={languageOf(person.location)}>{person.location}</span> : <Unknown />}
        </Row>
        <Row name={t("people.experience_years")}>
          {typeof person.years === "number" ? t("people.years_long", { years: format.one(person.years) }) : <Unknown />}
        </Row>
        {person.resume_id && (
          <Row name={t("people.degree")}>{resume.isPending ? <Bone width="60%" /> : <Degree parts={degree} />}</Row>
        )}
        {tags.length > 0 && (
          <Row name={t("people.tags")}>
            <span className="row wrap">
              {tags.map((tag) => (
                <Tag key={tag}>
                  <b lang={languageOf(tag)}>{tag}</b>
                </Tag>
              ))}
            </span>
          </Row>
        )}
      </Facts>
    </section>
  );
}

const Unknown = () => <span className="meta">{useTexts()("people.unknown")}</span>;

function Degree({ parts }: { parts: (string | null | undefined)[] | undefined }) {
  const told = (parts ?? []).filter(Boolean).join(" · ");
  return told ? <span lang={languageOf(told)}>{told}</span> : <Unknown />;
}
