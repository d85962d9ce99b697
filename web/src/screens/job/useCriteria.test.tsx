import { QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Criteria } from "@/api/matching";
import { queries } from "@/api/queries";
import { useToasts } from "@/state/toasts";
import { loadTexts, TextsProvider } from "@/texts";
import { useCriteria } from "./useCriteria";

let stored: Criteria;
/** The bodies that were put, with the version that each insisted on. */
let puts: [string | null, unknown][];

/** A server that keeps changes and refuses those that were made on another version. */
async function serve(request: Request): Promise<Response> {
  if (request.method === "GET") return Response.json({ data: stored });
  const version = request.headers.get("if-match");
  const body = (await request.json()) as { criteria: Criteria["changes"] };
  puts.push([version, body.criteria]);
  if (version !== `"${stored.version}"`) {
    return Response.json({ error: { code: "matching.criteria_conflict", message: "changed" } }, { status: 409 });
  }
  stored = { ...stored, changes: body.criteria, version: stored.version! + 1 };
  return Response.json({ data: stored });
}

const texts = await loadTexts("en");
const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>
    <TextsProvider language="en" texts={texts}>
      {children}
    </TextsProvider>
  </QueryClientProvider>
);

async function begin() {
  const hook = renderHook(() => useCriteria("j"), { wrapper });
  await waitFor(() => expect(hook.result.current.rows).toHaveLength(2));
  return hook;
}

beforeEach(() => {
  const criterion = (id: string) => ({ id, kind: "skill", label: id, level: "must", weight: 50 }) as const;
  stored = {
    job_id: "j",
    language: "en",
    text: "",
    criteria: [criterion("a"), criterion("b")],
    changes: [],
    version: 4,
  };
  puts = [];
  vi.stubGlobal("fetch", serve);
});
afterEach(() => {
  vi.unstubAllGlobals();
  queries.clear();
});

it("stores several edits at once when they rest, on the version that was seen", async () => {
  const { result } = await begin();
  act(() => result.current.change("a", { level: "nice" }));
  act(() => result.current.change("a", { weight: 20 }));
  expect(result.current.rows[0]).toMatchObject({ level: "nice", weight: 20 });
  expect(puts).toEqual([]);
  await waitFor(() => expect(result.current.saving).toBe("saved"), { timeout: 3000 });
  expect(puts).toEqual([['"4"', [{ id: "a", level: "nice", weight: 20, removed: false }]]]);
});

it("keeps edits that meet somebody else’s, and puts them over these when told to", async () => {
  const { result } = await begin();
  const theirs = { id: "b", level: null, weight: null, removed: true };
  stored = { ...stored, changes: [theirs], version: 5 };
  act(() => result.current.change("a", { level: "nice" }));
  await waitFor(() => expect(result.current.saving).toBe("conflict"), { timeout: 3000 });
  expect(result.current.rows[0]!.level).toBe("nice");
  await act(async () => result.current.again());
  await waitFor(() => expect(result.current.saving).toBe("saved"));
  expect(puts[1]).toEqual(['"5"', [{ id: "a", level: "nice", weight: null, removed: false }, theirs]]);
});

it("stores what was edited last when somebody goes elsewhere", async () => {
  const { result, unmount } = await begin();
  act(() => result.current.change("b", { removed: true }));
  unmount();
  await waitFor(() => expect(puts).toHaveLength(1));
});

it("stores what was edited while something was being stored, for somebody who is gone by then", async () => {
  const { result, unmount } = await begin();
  let go = () => {};
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "PUT" && puts.length === 0) await new Promise<void>((resolve) => (go = resolve));
    return serve(request);
  });
  act(() => result.current.change("a", { level: "nice" }));
  await waitFor(() => expect(result.current.saving).toBe("saving"), { timeout: 3000 });
  act(() => result.current.change("b", { removed: true }));
  unmount();
  go();
  await waitFor(() => expect(puts).toHaveLength(2));
  const nice = { id: "a", level: "nice", weight: null, removed: false };
  expect(puts[1]).toEqual(['"5"', [nice, { id: "b", level: null, weight: null, removed: true }]]);
});

it("tells somebody who is gone what could not be stored", async () => {
  const notices = renderHook(() => useToasts());
  const { result, unmount } = await begin();
  stored = { ...stored, version: 5 };
  act(() => result.current.change("a", { level: "nice" }));
  unmount();
  await waitFor(() => expect(notices.result.current.at(-1)).toMatchObject({ text: "changed", tone: "bad" }));
});
