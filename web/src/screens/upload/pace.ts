/** How long an upload still takes, from the pace so far. */

/** So many files were settled at this moment. */
export interface Sample {
  at: number;
  settled: number;
}

/** Files that have to be through before a pace can be told. */
const ENOUGH = 2;

/** One sample more. A count that falls means that files were asked for again: a new pace begins. */
export function sampled(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  if (!last || next.settled < last.settled) return [next];
  if (next.settled === last.settled || next.at < last.at) return [...samples];
  return [...samples, next];
}

/** The milliseconds that are left after the last sample; null while nothing can be said. */
export function timeLeft(samples: readonly Sample[], total: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return null;
  const done = last.settled - first.settled;
  if (done < ENOUGH || last.settled >= total) return null;
  return ((last.at - first.at) / done) * (total - last.settled);
}

/** A span as it is said: seconds in fives below a minute, whole minutes above. */
export function spoken(ms: number): { unit: "seconds" | "minutes"; count: number } {
  if (ms > 55_000) return { unit: "minutes", count: Math.ceil(ms / 60_000) };
  return { unit: "seconds", count: Math.max(5, Math.ceil(ms / 5000) * 5) };
}
