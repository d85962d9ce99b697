/** The criteria of a job as they are being edited: shown at once, stored a moment later, never lost. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/client";
import { type Criteria, criteriaQuery, useChangeCriteria } from "@/api/matching";
import { queries } from "@/api/queries";
import { useFaultWords } from "@/parts/Feedback";
import { toast } from "@/state/toasts";
import { allAsTextSays, asTextSays, bodyOf, type Change, type Edits, edit, left, type Shown, shown } from "./changes";

/** How long nothing must be changed before it is stored. */
export const REST_MS = 600;

export type Saving = "rest" | "waiting" | "saving" | "saved" | "conflict" | "failed";

export interface Editing {
  criteria: Criteria | undefined;
  error: unknown;
  rows: Shown[];
  saving: Saving;
  /** Why it could not be stored. */
  fault: unknown;
  change: (id: string, part: Partial<Omit<Change, "id">>) => void;
  /** One criterion as the text says. */
  giveBack: (id: string) => void;
  /** All criteria as the text says; gives what takes that back. */
  reset: () => () => unknown;
  /** After a conflict or a fault: store what was edited over what is there now. */
  again: () => void;
  /** Forget what was edited. */
  forget: () => void;
  retry: () => void;
}

/** The criteria of a job and what can be done with them. */
export function useCriteria(job_id: string): Editing {
  const query = useQuery(criteriaQuery(job_id));
  const { mutateAsync: store } = useChangeCriteria(job_id);
  const [edits, keep] = useState<Edits>({});
  const [saving, say] = useState<Saving>("rest");
  const [fault, tell] = useState<unknown>(null);
  const busy = useRef(false);
  const here = useRef(true);
  const current = useRef(edits);
  current.current = edits;
  const words = useRef(useFaultWords());

  const latest = useCallback(() => queries.getQueryData(criteriaQuery(job_id).queryKey), [job_id]);

  const save = useCallback(async (): Promise<void> => {
    const [sent, criteria] = [current.current, latest()];
    if (busy.current || !criteria || Object.keys(sent).length === 0) return;
    busy.current = true;
    say("saving");
    try {
      await store({ version: criteria.version ?? 0, criteria: bodyOf(criteria, sent) });
      busy.current = false;
      if (!here.current) {
        current.current = left(current.current, sent);
        return void save(); // what was edited while it was under way
      }
      keep((all) => left(all, sent));
      say("saved");
    } catch (error) {
      busy.current = false;
      tell(error);
      say(error instanceof ApiError && error.status === 409 ? "conflict" : "failed");
      if (!here.current) toast({ text: words.current(error), tone: "bad" }); // nobody is there to be asked
    }
  }, [latest, store]);

  // What is edited while something is being stored waits until `saving` tells that its turn has come.
  useEffect(() => {
    if (saving === "conflict" || saving === "failed" || saving === "saving") return;
    if (Object.keys(edits).length === 0) return;
    const timer = setTimeout(save, REST_MS);
    return () => clearTimeout(timer);
  }, [edits, saving, save]);

  // Whoever goes elsewhere at once has changed it all the same.
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      void save();
    };
  }, [save]);

  const editBy = useCallback((change: (all: Edits) => Edits) => {
    keep(change);
    say((was) => (was === "rest" || was === "saved" ? "waiting" : was));
  }, []);

  const change = useCallback(
    (id: string, part: Partial<Omit<Change, "id">>) => {
      const criteria = latest();
      if (criteria) editBy((all) => edit(criteria, all, id, part));
    },
    [editBy, latest],
  );
  const giveBack = useCallback((id: string) => editBy((all) => asTextSays(all, id)), [editBy]);

  const reset = useCallback(() => {
    const criteria = latest();
    if (!criteria) return () => undefined;
    const { edits: nothing, before } = allAsTextSays(criteria, current.current);
    editBy(() => nothing);
    return () => {
      const now = latest();
      if (here.current) editBy((all) => ({ ...all, ...before }));
      // Taken back from another page: nobody waits for more edits there.
      else if (now) return store({ version: now.version ?? 0, criteria: bodyOf(now, before) });
      return undefined;
    };
  }, [editBy, latest, store]);

  const { refetch } = query;
  const again = useCallback(async () => {
    await refetch();
    await save();
  }, [refetch, save]);
  const forget = useCallback(() => {
    keep({});
    say("rest");
    void refetch();
  }, [refetch]);

  const rows = useMemo(() => (query.data ? shown(query.data, edits) : []), [query.data, edits]);
  const retry = () => void refetch();
  return {
    criteria: query.data,
    error: query.error,
    rows,
    saving,
    fault,
    change,
    giveBack,
    reset,
    again,
    forget,
    retry,
  };
}
