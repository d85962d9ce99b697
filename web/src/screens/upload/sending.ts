/** Files on their way to the server. It goes on while the reader is elsewhere in Looma. */
import { useSyncExternalStore } from "react";
import { ApiError } from "@/api/client";
import { meQuery } from "@/api/me";
import { queries } from "@/api/queries";
import { sendResumes } from "@/api/runs";
import { batches, checked, type Refused } from "./intake";

export interface Sending {
  state: "resting" | "checking" | "sending" | "failed";
  /** Files that are sent now, or could not be. */
  files: readonly File[];
  /** Of their bytes, 0–1. */
  share: number;
  refused: Refused[];
  error: unknown;
  /** The uploads that came of the last files, in order. */
  runs: string[];
}

const RESTING: Sending = { state: "resting", files: [], share: 0, refused: [], error: null, runs: [] };
let now = RESTING;
let control = new AbortController();
let left: { files: File[]; key: string }[] = [];
const listeners = new Set<() => void>();

function put(change: Partial<Sending>) {
  now = { ...now, ...change };
  for (const listener of listeners) listener();
}

/** `crypto.randomUUID` is not there on plain http. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");

const holdWindow = (event: BeforeUnloadEvent) => event.preventDefault();

async function sendAll() {
  const all = left.flatMap((batch) => batch.files);
  const total = all.reduce((sum, file) => sum + file.size, 0);
  let sent = 0;
  control = new AbortController();
  put({ state: "sending", files: all, share: 0, error: null });
  window.addEventListener("beforeunload", holdWindow);
  try {
    for (let batch = left[0]; batch; batch = left[0]) {
      const size = batch.files.reduce((sum, file) => sum + file.size, 0);
      const before = sent;
      const onSent = (share: number) => put({ share: (before + size * share) / total });
      const run = await sendResumes(batch.files, onSent, control.signal, batch.key);
      sent += size;
      left = left.slice(1);
      put({ runs: [...now.runs, run], share: sent / total });
      void queries.invalidateQueries({ queryKey: ["runs"] });
    }
    put({ state: "resting", files: [], share: 0 });
  } catch (error) {
    const stopped = error instanceof DOMException && error.name === "AbortError";
    if (stopped) left = [];
    put(stopped ? { state: "resting", files: [] } : { state: "failed", error });
    if (error instanceof ApiError && error.status === 401) void queries.invalidateQueries(meQuery);
  } finally {
    window.removeEventListener("beforeunload", holdWindow);
  }
}

/** Check files and send those that can be; one lot at a time. */
export async function send(files: readonly File[]): Promise<void> {
  if (files.length === 0 || isBusy(now)) return;
  put({ ...RESTING, state: "checking" });
  const { taken, refused } = await checked(files);
  put({ state: "resting", refused });
  left = batches(taken).map((batch) => ({ files: batch, key: newKey() }));
  if (left.length > 0) await sendAll();
}

/** Send what could not be sent once more. What arrived after all is not there twice: the keys are the same. */
export const sendAgain = (): Promise<void> => sendAll();

/** Stop sending; what has arrived stays. */
export const stopSending = (): void => control.abort();

/** Take the notices about the last files away; what is being sent goes on. */
export const forget = (): void => {
  if (isBusy(now)) put({ refused: [] });
  else {
    left = [];
    put(RESTING);
  }
};

export const isBusy = ({ state }: Sending): boolean => state === "checking" || state === "sending";

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What is on its way now. */
export const useSending = (): Sending => useSyncExternalStore(subscribe, () => now);
