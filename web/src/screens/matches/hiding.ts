/** Names and contacts taken out of what is shown, so that a match is judged by what it says alone. */
import type { Talent } from "@/api/crm";

/** Takes out of a text what tells who it is about. */
export type Hide = (text: string) => string;

export const asItIs: Hide = (text) => text;

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;
const PHONE = /(?<![\d.])\+?\d[\d\s().-]{7,16}\d(?![\d.])/g;
const WEB = /(?:https?:\/\/|www\.)[^\s，。、；）)]+|(?:linkedin|github)\.com\/[^\s，。、；）)]+/gi;
/** Where a contact stood. */
export const GONE = "•••";

const isPhone = (text: string) => {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 9 && digits <= 15 && !/^\d{4}\D{1,3}\d{4}$/.test(text.trim()); // 2019 - 2024 are years
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The name as texts write it: whole, turned round, without spaces, each of its words. Longest first. */
function formsOf(name: string): string[] {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const forms = [words.join(" "), words.join(""), [...words].reverse().join(" "), [...words].reverse().join(", ")];
  for (const word of words) if (Array.from(word).length > 1 && !/^\p{L}\.$/u.test(word)) forms.push(word);
  const bare = forms.flatMap((form) => [form, form.normalize("NFD").replace(/\p{M}/gu, "")]);
  return [...new Set(bare)].sort((a, b) => b.length - a.length);
}

/** Puts `alias` in place of a person's name, and dots in place of contacts. */
export function hiding(who: Pick<Talent, "name" | "contacts"> | undefined, alias: string): Hide {
  const forms = who?.name ? formsOf(who.name) : [];
  const patterns = forms.map((form) => {
    const inner = escaped(form).replace(/\s+/g, "\\s+");
    // Words of letters end at other letters' edges; Han names stand within sentences.
    const edged = /\p{Script=Han}/u.test(form) ? inner : `(?<![\\p{L}\\p{N}])${inner}(?![\\p{L}\\p{N}])`;
    return new RegExp(edged, "giu");
  });
  const known = (who?.contacts ?? []).map((contact) => contact.value).filter((value) => value.length > 3);
  return (text) => {
    let told = text.replace(EMAIL, GONE).replace(WEB, GONE);
    told = told.replace(PHONE, (found) => (isPhone(found) ? GONE : found));
    for (const value of known) told = told.split(value).join(GONE);
    // One after the other over the name's place, so that what was put there is not searched again.
    const kept = "\ue000";
    for (const pattern of patterns) told = told.replace(pattern, kept);
    return told.replace(/\ue000(?:[\s,·]*\ue000)*/g, alias);
  };
}
