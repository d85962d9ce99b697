/** Short notices at the foot of the page, some of which can be undone. */
import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  text: string;
  /** Takes back what was done. */
  undo?: () => unknown;
  /** `bad` stays until it is closed. */
  tone?: "plain" | "bad";
}

/** How long a notice can be undone. */
export const SHOWN_MS = 10_000;

let shown: Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function put(next: Toast[]) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Show a notice; at most three stand at a time. */
export function toast(notice: Omit<Toast, "id">): void {
  last += 1;
  put([...shown, { ...notice, id: last }].slice(-3));
}

/** Take a notice away. */
export function dismiss(id: number): void {
  put(shown.filter((one) => one.id !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The notices that stand. */
export const useToasts = (): Toast[] => useSyncExternalStore(subscribe, () => shown);
