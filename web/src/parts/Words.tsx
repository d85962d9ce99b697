/** Small words: chips are filters and can be removed; tags are facts; counts count; states have a shape and a word. */
import { Cpu, X } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { useTexts } from "@/texts";
import { languageOf } from "@/texts/script";
import css from "./Words.module.css";

/** A filter that holds; its cross takes it away. */
export function Chip(props: { name: string; children: ReactNode; onRemove: () => void }) {
  const t = useTexts();
  return (
    <span className={css.chip}>
      <em>{props.name}</em>
      <span className="cut">{props.children}</span>
      <Button aria-label={t("parts.remove_filter", { name: props.name })} onPress={props.onRemove}>
        <X aria-hidden />
      </Button>
    </span>
  );
}

/** A fact in a word. */
export const Tag = (props: { children: ReactNode; title?: string }) => (
  <span className={css.tag} title={props.title}>
    {props.children}
  </span>
);

/** Says that a record is invented. */
export function DemoMark() {
  return <span className={css.demo}>{useTexts()("parts.demo")}</span>;
}

/** A number of things; `mine` when they wait for the person who reads. */
export const Count = (props: { children: ReactNode; mine?: boolean; title?: string }) => (
  <span className={css.count} data-mine={props.mine || undefined} title={props.title}>
    {props.children}
  </span>
);

export type Tone = "ok" | "warn" | "bad" | "off" | "plain";

/** A state: round is well, triangle is a warning, square is bad, ring is off. */
export const State = (props: { tone: Tone; children: ReactNode; boxed?: boolean }) => (
  <span className={css.state} data-tone={props.tone} data-boxed={props.boxed || undefined}>
    {props.children}
  </span>
);

/** The letters of a name that stand for a person. */
export function initials(name: string | null | undefined): string {
  const words = (name ?? "").trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return "·";
  if (/\p{Script=Han}/u.test(words[0]!)) return Array.from(words[0]!)[0]!;
  const letters = [words[0]!, ...(words.length > 1 ? [words.at(-1)!] : [])].map((word) => Array.from(word)[0]!);
  return letters.join("").toUpperCase();
}

/** A person in a circle; the name stands beside it. */
export const Avatar = (props: { name: string | null | undefined; size?: "sm" | "lg" }) => (
  <span className={css.avatar} data-size={props.size} aria-hidden lang={languageOf(props.name)}>
    {initials(props.name)}
  </span>
);

/** Which engine gave an answer. */
export const Engine = (props: { children: ReactNode }) => (
  <p className={css.ai}>
    <Cpu aria-hidden />
    <span>{props.children}</span>
  </p>
);
