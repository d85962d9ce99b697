/** The head of a person beside the list: who it is, and what can be done. */
import { Archive, ArchiveRestore, ChevronDown, Maximize2 } from "lucide-react";
import { type Talent, useArchiveTalent, useChangeTalent } from "@/api/crm";
import { useMayWrite } from "@/api/me";
import { Button, ButtonLink } from "@/parts/Button";
import { useFaultWords } from "@/parts/Feedback";
import { PanelClose } from "@/parts/List";
import { Choices, Menu } from "@/parts/Menu";
import { Avatar } from "@/parts/Words";
import { toast } from "@/state/toasts";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import { type Status, StatusState } from "../Status";
import { STATUSES } from "../search";
import css from "./Panel.module.css";

interface Told {
  person: Talent;
}

/** The status, and the others that it can be changed to. */
function StatusMenu({ person }: Told) {
  const t = useTexts();
  const words = useFaultWords();
  const change = useChangeTalent();
  if (!useMayWrite() || person.archived) return <StatusState status={person.status} boxed />;

  async function choose(status: Status) {
    const was = person.status;
    if (status === was) return;
    try {
      await change.mutateAsync({ id: person.id, version: person.version, status });
      toast({
        text: t("people.status_changed", { status: t(`people.status_${status}`) }),
        undo: () => change.mutateAsync({ id: person.id, status: was }),
      });
    } catch (error) {
      toast({ text: words(error), tone: "bad" });
    }
  }

  return (
    <Menu
      label={t("people.status")}
      button={
        <Button
          aria-label={t("people.change_status", { status: t(`people.status_${person.status}`) })}
          isPending={change.isPending}
        >
          <StatusState status={person.status} />
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      <Choices
        label={t("people.status")}
        options={STATUSES.map((id) => ({ id, text: t(`people.status_${id}`) }))}
        selected={[person.status]}
        onChange={(chosen) => {
          for (const one of chosen) void choose(one as Status);
        }}
      />
    </Menu>
  );
}

/** Put the person away, or take them back. */
function ArchiveButton({ person }: Told) {
  const t = useTexts();
  const words = useFaultWords();
  const archive = useArchiveTalent();
  const name = person.name ?? t("parts.nameless");
  if (!useMayWrite()) return null;

  async function put(restore: boolean) {
    try {
      await archive.mutateAsync({ id: person.id, restore });
      toast({
        text: restore ? t("people.restored", { name }) : t("people.archived", { name }),
        undo: () => archive.mutateAsync({ id: person.id, restore: !restore }),
      });
    } catch (error) {
      toast({ text: words(error), tone: "bad" });
    }
  }

  return (
    <Button
      icon={person.archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
      isPending={archive.isPending}
      onPress={() => put(person.archived)}
    >
      {person.archived ? t("people.restore") : t("people.archive")}
    </Button>
  );
}

export function PersonHead({ person, onClose }: Told & { onClose: () => void }) {
  const t = useTexts();
  const name = person.name ?? t("parts.nameless");
  const below = [person.headline, person.location].filter(Boolean).join(" · ");
  return (
    <>
      <div className="row">
        <Avatar name={person.name} size="lg" />
        <div className="grow">
          <h2 className="cut" lang={languageOf(name)}>
            {name}
          </h2>
          <p className="ink2 small cut" lang={languageOf(below)} title={below}>
            {below}
          </p>
        </div>
        <ButtonLink
          kind="quiet"
          size="sm"
          to="/people/$id"
          params={{ id: person.id }}
          aria-label={t("people.open_full", { name })}
          icon={<Maximize2 aria-hidden />}
        />
        <PanelClose onPress={onClose} />
      </div>
      <div className={css.actions}>
        {person.resume_id && !person.archived && (
          <ButtonLink kind="primary" to="/matches" search={{ talent: person.id }}>
            {t("people.see_matches")}
          </ButtonLink>
        )}
        <ArchiveButton person={person} />
        <span className="grow" />
        <StatusMenu person={person} />
      </div>
    </>
  );
}
