import { onlineManager, QueryClientProvider, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Talent, talentQuery, talentsQuery, useChangeTalent, useCreateJob } from "./crm";
import { queries } from "./queries";

const person = (id: string, version = 1) => ({ id, version, name: id, status: "active" }) as Talent;
let asked: string[];
/** Answers to lists are held back until somebody lets them go. */
let lists: (() => void)[];
let answerTo: (request: Request) => Response | undefined;

async function serve(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace("/api/v1", "");
  asked.push(`${request.method} ${path}`);
  const own = answerTo(request);
  if (own) return own;
  if (path === "/talents/by-id") {
    const { ids } = (await request.json()) as { ids: string[] };
    return Response.json({ data: { talents: ids.map((id) => person(id)) } });
  }
  if (request.method === "PATCH") return Response.json({ data: person("a", 2) });
  if (request.method === "POST") return Response.json({ data: { id: "j", version: 1, title: "x" } });
  if (path === "/talents" && asked.filter((one) => one === "GET /talents").length > 1)
    await new Promise<void>((go) => lists.push(go));
  return Response.json({ data: path.endsWith("s") ? { items: [], next_cursor: null } : person("a") });
}

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queries}>{children}</QueryClientProvider>
);

beforeEach(() => {
  [asked, lists, answerTo] = [[], [], () => undefined];
  vi.stubGlobal("fetch", serve);
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  queries.clear();
});

it("asks for the records of many rows in one request", async () => {
  const ids = ["a", "b", "c"];
  const { result } = renderHook(() => ids.map((id) => useQuery(talentQuery(id)).data?.name), { wrapper });
  await waitFor(() => expect(result.current).toEqual(ids));
  expect(asked).toEqual(["POST /talents/by-id"]);
});

it("shows a change at once, though the lists that follow take their time", async () => {
  const one = talentQuery("a").queryKey;
  queries.setQueryData(one, person("a"));
  await queries.fetchInfiniteQuery(talentsQuery({}));
  const { result } = renderHook(() => ({ list: useInfiniteQuery(talentsQuery({})), change: useChangeTalent() }), {
    wrapper,
  });
  await act(async () => void (await result.current.change.mutateAsync({ id: "a", status: "placed" })));
  expect(lists).toHaveLength(1); // the list was asked for again, and its answer is still to come
  expect(queries.getQueryData(one)?.version).toBe(2);
  await act(async () => lists[0]!());
});

it("looks at what somebody else left who was faster", async () => {
  queries.setQueryData(talentQuery("a").queryKey, person("a"));
  answerTo = ({ method }) =>
    method === "PATCH" ? Response.json({ error: { code: "crm.version_conflict" } }, { status: 409 }) : undefined;
  const { result } = renderHook(() => useChangeTalent(), { wrapper });
  await act(async () => void (await result.current.mutateAsync({ id: "a", version: 1 }).catch(() => undefined)));
  expect(queries.getQueryState(talentQuery("a").queryKey)?.isInvalidated).toBe(true);
});

it("asks for companies again when a job was made, which may have made its company", async () => {
  queries.setQueryData(["companies", "list"], 1);
  const { result } = renderHook(() => useCreateJob(), { wrapper });
  await act(async () => void (await result.current.mutateAsync({ title: "x", company: "new" })));
  expect(queries.getQueryState(["companies", "list"])?.isInvalidated).toBe(true);
});

it("tells at once that nothing can be changed without a network, and does not do it later", async () => {
  onlineManager.setOnline(false);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const { result } = renderHook(() => useChangeTalent(), { wrapper });
  let told: unknown;
  await act(async () => {
    told = await result.current.mutateAsync({ id: "a" }).catch((error: unknown) => error);
  });
  expect(told).toMatchObject({ code: "network" });
});
