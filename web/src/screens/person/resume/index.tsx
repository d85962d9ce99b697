/** The résumé: its fields at the left, its text at the right, each lighting its places in the other. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useRef } from "react";
import type { StoredResume } from "@/api/resumes";
import { Note } from "@/parts/Feedback";
import { Segmented } from "@/parts/Fields";
import { SectionHead } from "@/parts/Layout";
import { ProvenanceKey } from "@/parts/Provenance";
import { useTexts } from "@/texts";
import { useFormats } from "@/texts/format";
import { fieldsOf, isUncertain, marksOf } from "../fields";
import { FieldList } from "./FieldList";
import { Paper } from "./Paper";
import { usePairing } from "./pairing";
import css from "./Resume.module.css";

const SHOWN = ["all", "uncertain"] as const;
const KEY = ["document", "inferred", "uncertain", "none"] as const;

export function Resume({ resume }: { resume: StoredResume }) {
  const [t, format] = [useTexts(), useFormats()];
  const { fact, uncertain } = useSearch({ from: "/inside/people/$id" });
  const navigate = useNavigate({ from: "/people/$id" });
  const root = useRef<HTMLDivElement>(null);
  const { parsed } = resume;
  const fields = useMemo(() => fieldsOf(parsed), [parsed]);
  const marks = useMemo(() => marksOf(fields), [fields]);
  const doubtful = useMemo(() => fields.filter(isUncertain), [fields]);
  const onPin = useCallback(
    (id: string) => void navigate({ search: (was) => ({ ...was, fact: id }), replace: true, resetScroll: false }),
    [navigate],
  );
  const pairing = usePairing(root, fact, onPin);
  const found = fields.filter((field) => field.value !== null).length;
  const pages = parsed.pages?.length ?? 0;
  const shown = uncertain ? doubtful : fields;

  return (
    <div className={css.columns} ref={root} {...pairing}>
      <section className={css.fields} aria-labelledby="fields" data-column>
        <SectionHead level={2} id="fields" end={t("person.found", { found, uncertain: doubtful.length })}>
          {t("person.fields")}
        </SectionHead>
        <ProvenanceKey sources={KEY} />
        <div className={css.filter}>
          <Segmented
            label={t("person.which_fields")}
            options={SHOWN.map((id) => ({
              id,
              text: id === "all" ? t("person.all_fields") : t("person.uncertain_only", { count: doubtful.length }),
            }))}
            value={uncertain ? "uncertain" : "all"}
            onChange={(chosen) =>
              void navigate({
                search: (was) => ({ ...was, uncertain: chosen === "uncertain" || undefined }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        </div>
        {shown.length > 0 ? (
          <FieldList fields={shown} chosen={fact} text={parsed.text} />
        ) : (
          <p className={css.none}>{t("person.nothing_uncertain")}</p>
        )}
      </section>
      <section className={css.document} aria-labelledby="text" tabIndex={0} data-column>
        <SectionHead
          level={2}
          id="text"
          end={
            <span title={resume.filename}>
              {[
                t(`person.source_${parsed.source}`),
                ...(pages > 1 ? [t("person.pages", { pages })] : []),
                format.day(resume.created_at),
              ].join(" · ")}
            </span>
          }
        >
          {t("person.resume")}
        </SectionHead>
        {(parsed.warnings ?? []).map((notice) => (
          <Note key={notice.code} tone="warn">
            {notice.message}
          </Note>
        ))}
        <p className={css.hint}>{t("person.resume_keys")}</p>
        <Paper parsed={parsed} marks={marks} />
      </section>
    </div>
  );
}
