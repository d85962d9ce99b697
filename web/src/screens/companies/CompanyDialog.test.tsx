import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Company } from "@/api/crm";
import { queries } from "@/api/queries";
import { loadTexts, TextsProvider } from "@/texts";
import { CompanyDialog } from "./CompanyDialog";

const texts = await loadTexts("en");
const company: Company = {
  id: "c1",
  version: 3,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  name: "Kettlewell Bank",
  industry: "Banking",
  location: "Singapore",
};
/** What the server holds after somebody else has changed it. */
const theirs: Company = { ...company, version: 4, location: "Leeds" };

let sent: { ifMatch: string | null; body: unknown }[] = [];
const enveloped = (status: number, data: unknown, error: unknown = null) =>
  new Response(JSON.stringify({ status: "", data, error, metadata: {} }), {
    status,
    headers: { "content-type": "application/json" },
  });

beforeEach(() => {
  sent = [];
  queries.clear();
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") return enveloped(200, theirs);
    const ifMatch = request.headers.get("if-match");
    sent.push({ ifMatch, body: await request.json() });
    if (request.method === "POST")
      return enveloped(409, null, { code: "crm.company_exists", message: "", details: {} });
    if (ifMatch === '"4"') return enveloped(200, { ...theirs, version: 5, industry: "Finance" });
    return enveloped(409, null, { code: "crm.version_conflict", message: "", details: {} });
  });
});
afterEach(() => vi.unstubAllGlobals());

function show(one?: Company) {
  const done = vi.fn();
  render(
    <QueryClientProvider client={queries}>
      <TextsProvider language="en" texts={texts}>
        <CompanyDialog company={one} onClose={() => {}} onDone={done} />
      </TextsProvider>
    </QueryClientProvider>,
  );
  const form = document.querySelector("form")!;
  return { done, submit: () => act(async () => void fireEvent.submit(form)) };
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const fill = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

it("keeps what was filled in when somebody else was faster, and saves it over theirs when told to", async () => {
  const { done, submit } = show(company);
  fill("Industry", "Finance");
  await submit();
  await screen.findByText(/Somebody else changed/);
  expect(field("Industry").value).toBe("Finance");
  fireEvent.click(screen.getByText("Save my changes over theirs"));
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent).toEqual([
    { ifMatch: '"3"', body: { industry: "Finance" } },
    { ifMatch: '"4"', body: { industry: "Finance" } },
  ]);
});

it("shows theirs when told to", async () => {
  const { submit } = show(company);
  fill("Industry", "Finance");
  await submit();
  fireEvent.click(await screen.findByText("Show theirs"));
  await waitFor(() => expect(field("Place").value).toBe("Leeds"));
  expect(field("Industry").value).toBe("Banking");
  expect(screen.queryByText(/Somebody else changed/)).toBeNull();
});

it("sends nothing when nothing was changed", async () => {
  const { done, submit } = show(company);
  await submit();
  expect(done).toHaveBeenCalledWith(company);
  expect(sent).toEqual([]);
});

it("asks for a name, and says when it is taken", async () => {
  const { submit } = show();
  await submit();
  expect(screen.getByText("A company needs a name")).toBeTruthy();
  expect(sent).toEqual([]);
  fill("Name", " Kettlewell Bank ");
  await submit();
  expect(await screen.findByText("A company of this name exists already")).toBeTruthy();
  expect(sent[0]?.body).toMatchObject({ name: "Kettlewell Bank", industry: null });
});

it("keeps all, and says why, when theirs cannot be looked at", async () => {
  const { submit } = show(company);
  fill("Industry", "Finance");
  await submit();
  const over = await screen.findByText("Save my changes over theirs");
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) =>
    request.method === "GET"
      ? enveloped(403, null, { code: "request.forbidden", message: "Not for you" })
      : served(request),
  );
  fireEvent.click(over);
  expect(await screen.findByText("Not for you")).toBeTruthy();
  expect(field("Industry").value).toBe("Finance");
});

it("says what is wrong with what has no field here", async () => {
  const { submit } = show();
  vi.stubGlobal("fetch", async () =>
    enveloped(422, null, { code: "request.invalid", message: "Not so", details: { problems: [{ field: "demo" }] } }),
  );
  fill("Name", "New");
  await submit();
  expect(await screen.findByText("Not so")).toBeTruthy();
});
