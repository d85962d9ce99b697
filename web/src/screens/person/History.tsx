/** What happened to a person's record: who did what, and when. */
import { useQuery } from "@tanstack/react-query";
import { type Event, talentEventsQuery } from "@/api/crm";
import { useMe } from "@/api/me";
import { Bones, Failure } from "@/parts/Feedback";
import { SectionHead } from "@/parts/Layout";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { DRAFT_FIELDS } from "./draft";
import css from "./History.module.css";
import { usePersonWords } from "./words";

/** An event in words. */
export function useEventWords(): (event: Event) => string {
  const [t, me, { list }] = [useTexts(), useMe(), usePersonWords()];
  return (event) => {
    const who = event.by === me.id ? t("person.you") : t("person.somebody");
    if (event.kind !== "changed") return t(`person.event_${event.kind}`, { who });
    const told = event.fields ?? [];
    const fields = DRAFT_FIELDS.filter((field) => told.includes(field)).map((field) => t(`person.field_${field}`));
    if (fields.length === 0) return t("person.event_touched", { who });
    return t("person.event_changed", { who, fields: list(fields) });
  };
}

/** Events, newest first. */
export function Events({ events }: { events: readonly Event[] }) {
  const format = useFormats();
  const words = useEventWords();
  return (
    <ol className={css.events}>
      {events.map((event) => (
        <li key={event.id}>
          <p>{words(event)}</p>
          <p className="meta">
            <time dateTime={event.at} title={format.ago(event.at)}>
              {format.moment(event.at)}
            </time>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Newest first, whichever way the server gave them. */
export const newestFirst = (events: readonly Event[]): Event[] =>
  [...events].sort((a, b) => b.at.localeCompare(a.at) || b.version - a.version);

export function History({ talent }: { talent: string }) {
  const t = useTexts();
  const { data, error, isPending, refetch } = useQuery(talentEventsQuery(talent));
  if (isPending) return <Bones lines={4} />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <section aria-labelledby="history" tabIndex={0} className={css.history}>
      <SectionHead level={2} id="history">
        {t("person.history")}
      </SectionHead>
      <Events events={newestFirst(data.items)} />
    </section>
  );
}
