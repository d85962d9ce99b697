/** A person's status: a shape and a word. */
import type { Talent } from "@/api/crm";
import { State, type Tone } from "@/parts/Words";
import { useTexts } from "@/texts";

export type Status = Talent["status"];

export const TONES: Record<Status, Tone> = { active: "ok", passive: "plain", placed: "off", do_not_contact: "bad" };

export function StatusState({ status, boxed }: { status: Status; boxed?: boolean }) {
  const t = useTexts();
  return (
    <State tone={TONES[status]} boxed={boxed}>
      {t(`people.status_${status}`)}
    </State>
  );
}
