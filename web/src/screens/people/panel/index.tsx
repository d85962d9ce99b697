/** A person beside the list: what one needs to know before opening the whole page. */
import { useQuery } from "@tanstack/react-query";
import type { Talent } from "@/api/crm";
import { talentQuery } from "@/api/crm";
import { Bones, Failure } from "@/parts/Feedback";
import { Panel } from "@/parts/Layout";
import { type Beside, PanelClose } from "@/parts/List";
import { useTexts } from "@/texts";
import { BestJobs } from "./BestJobs";
import { FromResume } from "./FromResume";
import { KeyFacts } from "./KeyFacts";
import { PersonHead } from "./PersonHead";

export function PersonPanel({ id, row, onClose, footer }: Beside<Talent>) {
  const t = useTexts();
  const asked = useQuery({ ...talentQuery(id), placeholderData: row });
  const person = asked.data;
  if (!person)
    return (
      <Panel
        label={t("people.person")}
        onClose={onClose}
        footer={footer}
        header={
          <div className="row">
            <h2 className="grow">{t("people.person")}</h2>
            <PanelClose onPress={onClose} />
          </div>
        }
      >
        {asked.isError ? <Failure error={asked.error} onRetry={() => asked.refetch()} /> : <Bones lines={8} />}
      </Panel>
    );
  return (
    <Panel
      label={person.name ?? t("parts.nameless")}
      onClose={onClose}
      footer={footer}
      header={<PersonHead person={person} onClose={onClose} />}
    >
      <KeyFacts key={`facts ${id}`} person={person} />
      {person.resume_id && <FromResume key={`resume ${id}`} id={person.resume_id} />}
      <BestJobs key={`jobs ${id}`} person={person} />
    </Panel>
  );
}
