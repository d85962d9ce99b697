/** An upload while it goes on: its events tell when to ask again. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queries } from "@/api/queries";
import { isOver, type RunEvent, runQuery } from "@/api/runs";
import { type Sample, sampled } from "./pace";

/** Between two questions at least. */
const PAUSE_MS = 300;
/** How often is asked while the stream of events does not come, and beside it: an event that is lost holds nobody up. */
const POLL_MS = 2000;
const BESIDE_MS = 5000;

/**
 * Calls that come soon after one another, as one at the end of the pause. What takes longer than the pause is not begun
 * anew before it is done: on a slow machine it would never come to its end.
 */
export function throttled(act: () => unknown, pause = PAUSE_MS) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let [acting, again] = [false, false];
  const call = () => {
    again = acting;
    if (acting || timer !== undefined) return;
    const wait = Math.max(0, last + pause - performance.now());
    timer = setTimeout(async () => {
      timer = undefined;
      last = performance.now();
      acting = true;
      try {
        await act();
      } finally {
        acting = false;
      }
      if (again) call();
    }, wait);
  };
  function cancel() {
    clearTimeout(timer);
    again = false;
  }
  return Object.assign(call, { cancel });
}

/** What changed for the rest of the page: there are people who were not there before. */
function tellOthers() {
  for (const key of ["runs", "talents", "matches", "search", "finding"]) {
    void queries.invalidateQueries({ queryKey: [key] });
  }
}

/** The upload, kept up to date, and how it got on. */
export function useFollowed(run_id: string) {
  const [samples, setSamples] = useState<Sample[]>([]);
  const [silent, setSilent] = useState(false);
  const asked = useQuery({
    ...runQuery(run_id),
    refetchInterval: ({ state }) => {
      if (!state.data || isOver(state.data)) return false;
      return silent ? POLL_MS : BESIDE_MS;
    },
  });
  const over = asked.data ? isOver(asked.data) : null;

  useEffect(() => {
    if (over !== false) return;
    const again = throttled(() => queries.invalidateQueries(runQuery(run_id)));
    const source = new EventSource(`/api/v1/runs/${encodeURIComponent(run_id)}/events`);
    source.onopen = () => {
      setSilent(false);
      again(); // what happened before the stream was there
    };
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as RunEvent;
      const sample = { at: new Date(event.at).getTime(), settled: event.progress.done ?? 0 };
      setSamples((was) => sampled(was, sample));
      again();
    };
    source.onerror = () => {
      setSilent(true);
      again(); // an end closes the stream as well
    };
    return () => {
      source.close();
      again.cancel();
      tellOthers(); // it is over, or the reader leaves
    };
  }, [run_id, over]);

  return { ...asked, samples };
}
