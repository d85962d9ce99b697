/** A job beside the list: what is known of it, what it asks for, who fits best. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis, Pencil } from "lucide-react";
import { type Job, jobQuery } from "@/api/crm";
import { criteriaQuery, talentsForQuery } from "@/api/matching";
import { useMayWrite } from "@/api/me";
import { Button, ButtonLink } from "@/parts/Button";
import { Bones, Failure, Note } from "@/parts/Feedback";
import { Facts, Panel, Row, SectionHead } from "@/parts/Layout";
import { type Beside, PanelClose } from "@/parts/List";
import { Action, Menu } from "@/parts/Menu";
import { Score } from "@/parts/Score";
import { State } from "@/parts/Words";
import { PanelHead } from "@/screens/companies/PanelHead";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { languageOf } from "@/texts/script";
import { useJobActs } from "./acts";
import { Demands } from "./Demands";
import css from "./Jobs.module.css";

/** People that are shown here; the matches show all. */
const BEST = 3;
/** Demands of a level that are shown here. */
const DEMANDS = 6;

function Actions({ job }: { job: Job }) {
  const t = useTexts();
  const acts = useJobActs(job);
  if (!useMayWrite() || job.archived) return null;
  const more = <Button size="sm" aria-label={t("jobs.more")} icon={<Ellipsis aria-hidden />} />;
  return (
    <>
      <ButtonLink
        data-act="edit"
        size="sm"
        to="/jobs/$id"
        params={{ id: job.id }}
        search={{ edit: true }}
        icon={<Pencil aria-hidden />}
      >
        {t("jobs.edit")}
      </ButtonLink>
      <Button data-act="turn" size="sm" isPending={acts.isPending} onPress={() => void acts.turn()}>
        {t(job.status === "open" ? "jobs.close" : "jobs.open")}
      </Button>
      <Menu label={t("jobs.more")} button={more}>
        <Action id="archive" text={t("jobs.archive")} onAction={() => void acts.putAway()} />
      </Menu>
    </>
  );
}

function PutAway({ job }: { job: Job }) {
  const t = useTexts();
  const acts = useJobActs(job);
  const restore = (
    <Button data-act="restore" size="sm" isPending={acts.isPending} onPress={() => void acts.takeBack()}>
      {t("jobs.restore")}
    </Button>
  );
  return <Note actions={useMayWrite() && restore}>{t("jobs.is_archived")}</Note>;
}

function Known({ job }: { job: Job }) {
  const [t, format] = [useTexts(), useFormats()];
  return (
    <section aria-labelledby="job-facts">
      <SectionHead id="job-facts">{t("jobs.facts")}</SectionHead>
      <Facts>
        <Row name={t("jobs.status")}>
          <State tone={job.status === "open" ? "ok" : "off"}>{t(`jobs.status_${job.status}`)}</State>
        </Row>
        <Row name={t("jobs.company")}>
          {job.company_id ? (
            <Link to="/companies/$id" params={{ id: job.company_id }} lang={languageOf(job.company)}>
              {job.company}
            </Link>
          ) : (
            "–"
          )}
        </Row>
        <Row name={t("jobs.location")}>
          <span lang={languageOf(job.location)}>{job.location ?? "–"}</span>
        </Row>
        <Row name={t("jobs.changed")}>{format.ago(job.updated_at)}</Row>
      </Facts>
    </section>
  );
}

function AsksFor({ job }: { job: Job }) {
  const t = useTexts();
  const { data, error, refetch } = useQuery(criteriaQuery(job.id));
  const counting = data?.criteria.filter((one) => !one.removed && one.kind !== "meaning").length ?? 0;
  return (
    <section aria-labelledby="job-asks">
      <SectionHead id="job-asks">{t("jobs.asks_for")}</SectionHead>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Bones lines={2} />}
      {data && counting === 0 && <p className="meta">{t("jobs.asks_none")}</p>}
      {data && counting > 0 && <Demands criteria={data.criteria} most={DEMANDS} />}
    </section>
  );
}

function Best({ job }: { job: Job }) {
  const [t, format] = [useTexts(), useFormats()];
  const { data, error, refetch } = useQuery(talentsForQuery(job.id, {}, BEST));
  const end = data && data.total > 0 && (
    <Link to="/matches" search={{ job: job.id }}>
      {t("jobs.best_all", { count: format.number(data.total) })}
    </Link>
  );
  return (
    <section aria-labelledby="job-best">
      <SectionHead id="job-best" end={end || undefined}>
        {t("jobs.best")}
      </SectionHead>
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Bones lines={3} />}
      {data?.matches.length === 0 && <p className="meta">{t("jobs.best_none")}</p>}
      <ol>
        {data?.matches.map(({ talent, score, confidence, reasons }) => (
          <li key={talent.id} className={css.best}>
            <span className={css.who}>
              <Link to="/people/$id" params={{ id: talent.id }} lang={languageOf(talent.name)}>
                {talent.name ?? t("parts.nameless")}
              </Link>
              <span className="meta cut" title={reasons[0]?.text} lang={languageOf(reasons[0]?.text)}>
                {reasons[0]?.text}
              </span>
            </span>
            <Score score={score} confidence={confidence} />
          </li>
        ))}
      </ol>
    </section>
  );
}

export function JobPanel({ id, row, onClose, footer }: Beside<Job>) {
  const t = useTexts();
  const { data: job, error, refetch } = useQuery({ ...jobQuery(id), placeholderData: row });
  if (!job)
    return (
      <Panel label={t("jobs.title")} onClose={onClose} footer={footer} header={<PanelClose onPress={onClose} />}>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Bones lines={8} />}
      </Panel>
    );
  return (
    <Panel
      label={job.title}
      onClose={onClose}
      footer={footer}
      header={
        <PanelHead
          name={job.title}
          more={[job.company, job.location]}
          demo={job.demo}
          to="/jobs/$id"
          id={id}
          onClose={onClose}
          actions={<Actions job={job} />}
        />
      }
    >
      {job.archived && <PutAway job={job} />}
      <Known job={job} />
      <section aria-labelledby="job-text">
        <SectionHead id="job-text">{t("jobs.text")}</SectionHead>
        {job.description ? (
          <p className={css.text} lang={languageOf(job.description)}>
            {job.description.replace(/\n\s*\n/g, "\n")}
          </p>
        ) : (
          <p className="meta">{t("jobs.text_none")}</p>
        )}
      </section>
      {!job.archived && (
        <>
          <AsksFor job={job} />
          <Best job={job} />
        </>
      )}
    </Panel>
  );
}
