/** Records that many parts of a page ask for one by one, fetched in one request. */
import { ApiError } from "./client";

/** Records that one request asks for at most. */
const MOST = 200;

interface Waiting<R> {
  take: (record: R) => void;
  refuse: (error: unknown) => void;
}

interface Fetching<R> {
  one: (id: string) => Promise<R>;
  /** Those that are known, in any order. */
  many: (ids: string[]) => Promise<R[]>;
}

/** Fetches a record by its id, together with all others that are asked for in the same moment. */
export function together<R extends { id: string }>({ one, many }: Fetching<R>): (id: string) => Promise<R> {
  let asked = new Map<string, Waiting<R>[]>();

  async function send(wanted: [string, Waiting<R>[]][]) {
    const [first] = wanted;
    try {
      const ids = wanted.map(([id]) => id);
      const records = first && wanted.length === 1 ? [await one(first[0])] : await many(ids);
      const known = new Map(records.map((record) => [record.id, record]));
      for (const [id, all] of wanted) {
        const record = known.get(id);
        for (const { take, refuse } of all) {
          if (record) take(record);
          else refuse(new ApiError("request.not_found", "", 404, null));
        }
      }
    } catch (error) {
      for (const [, all] of wanted) for (const { refuse } of all) refuse(error);
    }
  }

  function sendAll() {
    const all = [...asked];
    asked = new Map();
    for (let from = 0; from < all.length; from += MOST) void send(all.slice(from, from + MOST));
  }

  return (id) =>
    new Promise((take, refuse) => {
      if (asked.size === 0) queueMicrotask(sendAll);
      asked.set(id, [...(asked.get(id) ?? []), { take, refuse }]);
    });
}
