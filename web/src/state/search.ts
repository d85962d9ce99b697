/** What stands after the `?` of an address, checked: anything unknown or malformed is left out, never an error. */

export type Raw = Record<string, unknown>;

/** Half of a character at the end, which no request can carry. */
const HALF = /[\ud800-\udbff]$/;

/** A text, not longer than `most`. */
export function text(raw: unknown, most = 200): string | undefined {
  if (typeof raw === "number") return String(raw);
  return typeof raw === "string" && raw.trim() !== "" ? raw.slice(0, most).replace(HALF, "") : undefined;
}

/** One of the values. */
export function oneOf<V extends string>(raw: unknown, values: readonly V[]): V | undefined {
  return values.find((value) => value === raw);
}

/** Present and true. */
export function flag(raw: unknown): true | undefined {
  return raw === true || raw === "true" || raw === 1 ? true : undefined;
}

/** A number within bounds. */
export function number(raw: unknown, least: number, most: number): number | undefined {
  const value = typeof raw === "string" ? Number(raw) : raw;
  return typeof value === "number" && value >= least && value <= most ? value : undefined;
}

/** Several texts. */
export function texts(raw: unknown, most = 50): string[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const told = raw.filter((one): one is string => typeof one === "string" && one !== "").slice(0, most);
  return told.length ? told : undefined;
}

/**
 * All that an address holds for a screen. What was not told or not understood stays in it as `undefined`: the router
 * lays this over the raw address, and whatever is left out here would come through unchecked.
 */
export function told<T extends object>(all: T): Partial<T> {
  return all;
}
