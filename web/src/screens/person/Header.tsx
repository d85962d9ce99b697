/** Who it is, how things stand with them, and what can be done. */
import { Link } from "@tanstack/react-router";
import { Archive, ChevronDown, Pencil } from "lucide-react";
import { useState } from "react";
import { type Talent, useArchiveTalent, useChangeTalent } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { Button, ButtonLink } from "@/parts/Button";
import { useFaultWords } from "@/parts/Feedback";
import { later } from "@/parts/later";
import { Choices, Menu } from "@/parts/Menu";
import { Avatar, State, Tag } from "@/parts/Words";
import { type Status, TONES } from "@/screens/people/Status";
import { STATUSES } from "@/screens/people/search";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Person.module.css";

const Editor = later(() => import("./Editor").then((found) => found.Editor));

function StatusMenu({ talent }: { talent: Talent }) {
  const t = useTexts();
  const words = useFaultWords();
  const change = useChangeTalent();
  const shown = change.isPending ? (change.variables.status ?? talent.status) : talent.status;

  function choose(status: Status) {
    const before = talent.status;
    if (status === before) return;
    change.mutate(
      { id: talent.id, status },
      {
        onSuccess: () =>
          toast({
            text: t("person.status_changed", { status: t(`person.status_${status}`) }),
            undo: () => change.mutateAsync({ id: talent.id, status: before }),
          }),
        onError: (error) => toast({ text: words(error), tone: "bad" }),
      },
    );
  }

  return (
    <Menu
      label={t("person.status")}
      button={
        <Button size="sm" aria-label={t("person.status_is", { status: t(`person.status_${shown}`) })}>
          <State tone={TONES[shown]}>{t(`person.status_${shown}`)}</State>
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <Choices
        label={t("person.status")}
        options={STATUSES.map((id) => ({ id, text: t(`person.status_${id}`) }))}
        selected={[shown]}
        onChange={(chosen) => {
          const status = STATUSES.find((one) => chosen.has(one));
          if (status) choose(status);
        }}
      />
    </Menu>
  );
}

interface HeaderProps {
  talent: Talent;
  /** Fields of the résumé that are not sure. */
  uncertain: number;
}

export function Header({ talent, uncertain }: HeaderProps) {
  const t = useTexts();
  const words = useFaultWords();
  const mayWrite = useMayWrite();
  const archive = useArchiveTalent();
  const [editing, edit] = useState(false);
  const name = talent.name ?? t("parts.nameless");

  function putAway() {
    archive.mutate(
      { id: talent.id },
      {
        onSuccess: () =>
          toast({
            text: t("person.was_archived", { name }),
            undo: () => archive.mutateAsync({ id: talent.id, restore: true }),
          }),
        onError: (error) => toast({ text: words(error), tone: "bad" }),
      },
    );
  }

  return (
    <header className={css.header}>
      <Avatar name={talent.name} size="lg" />
      <div className={css.who}>
        <h1 lang={languageOf(talent.name)}>{name}</h1>
        {(talent.headline || talent.location) && (
          <p className="ink2">
            {talent.headline && <span lang={languageOf(talent.headline)}>{talent.headline}</span>}
            {talent.headline && talent.location && " · "}
            {talent.location && <span lang={languageOf(talent.location)}>{talent.location}</span>}
          </p>
        )}
      </div>
      <div className={`row wrap ${css.states}`}>
        {mayWrite && !talent.archived ? (
          <StatusMenu talent={talent} />
        ) : (
          <State tone={TONES[talent.status]} boxed>
            {t(`person.status_${talent.status}`)}
          </State>
        )}
        {(talent.tags ?? []).map((tag) => (
          <Tag key={tag}>
            <span className="cut" lang={languageOf(tag)}>
              {tag}
            </span>
          </Tag>
        ))}
        {uncertain > 0 && (
          <Link
            className={css.uncertain}
            from="/people/$id"
            to="/people/$id"
            search={{ tab: "resume", uncertain: true }}
          >
            <State tone="warn" boxed>
              {t("person.uncertain", { count: uncertain })}
            </State>
          </Link>
        )}
      </div>
      <div className={`row ${css.actions}`}>
        <ButtonLink kind="primary" to="/matches" search={{ talent: talent.id }}>
          {t("person.to_matches")}
        </ButtonLink>
        {mayWrite && !talent.archived && (
          <>
            <Button icon={<Pencil aria-hidden />} onPress={() => edit(true)}>
              {t("person.edit")}
            </Button>
            <Button
              icon={<Archive aria-hidden />}
              aria-label={t("person.archive", { name })}
              onPress={putAway}
              isPending={archive.isPending}
            />
          </>
        )}
      </div>
      {editing && <Editor talent={talent} onClose={() => edit(false)} />}
    </header>
  );
}
