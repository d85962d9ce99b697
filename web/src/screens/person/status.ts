import type { Talent } from "@/api/crm";
import type { Tone } from "@/parts/Words";

export type Status = Talent["status"];
export const STATUSES = ["active", "passive", "placed", "do_not_contact"] as const satisfies readonly Status[];
export const TONES: Record<Status, Tone> = { active: "ok", passive: "off", placed: "plain", do_not_contact: "bad" };
