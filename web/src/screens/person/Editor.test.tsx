import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Talent } from "@/api/crm";
import { queries } from "@/api/queries";
import { loadTexts, type Texts, TextsProvider } from "@/texts";
import { Editor } from "./Editor";

const opened: Talent = {
  id: "t1",
  version: 3,
  archived: false,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  name: "Rui",
  headline: "Engineer",
  status: "active",
  tags: [],
  contacts: [],
};
const theirs: Talent = { ...opened, version: 4, note: "Called on Monday" };
const sent: { match: string | null; body: unknown }[] = [];
let texts: Texts;

/** A server whose record has moved on to version 4. */
async function server(request: Request): Promise<Response> {
  const data = (data: unknown, status = 200, error: unknown = null) =>
    Response.json({ status: error ? "error" : "success", data, error, metadata: { request_id: "r" } }, { status });
  if (request.method === "GET") return data(theirs);
  const match = request.headers.get("if-match");
  sent.push({ match, body: await request.json() });
  if (match !== '"4"') return data(null, 409, { code: "crm.version_conflict", message: "changed", details: {} });
  return data({ ...theirs, version: 5 });
}

beforeEach(async () => {
  texts = await loadTexts("en");
  sent.length = 0;
  queries.clear();
  vi.stubGlobal("fetch", server);
  vi.stubGlobal(
    "Request",
    class extends Request {
      constructor(to: RequestInfo | URL, init?: RequestInit) {
        super(typeof to === "string" ? new URL(to, "http://looma.test") : to, init);
      }
    },
  );
});

describe("the editor", () => {
  it("tells what somebody else changed, keeps what was entered, and never takes theirs back", async () => {
    const onClose = vi.fn();
    const show = (talent: Talent) => (
      <QueryClientProvider client={queries}>
        <TextsProvider language="en" texts={texts}>
          <Editor talent={talent} onClose={onClose} />
        </TextsProvider>
      </QueryClientProvider>
    );
    const { rerender } = render(show(opened));
    fireEvent.change(screen.getByLabelText("Headline"), { target: { value: "Lead engineer" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await screen.findByText(/Somebody changed Note while you were editing/);
    rerender(show(theirs)); // the page behind the dialog knows their version by now
    expect(screen.getByLabelText<HTMLInputElement>("Headline").value).toBe("Lead engineer");
    fireEvent.click(screen.getByRole("button", { name: "Save mine on top" }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent).toEqual([
      { match: '"3"', body: { headline: "Lead engineer" } },
      { match: '"4"', body: { headline: "Lead engineer" } },
    ]);
  });

  it("shows what is wrong with one of several tags, and with what has no field here", async () => {
    const refuse = (field: string, message: string) =>
      vi.stubGlobal("fetch", async () =>
        Response.json(
          {
            error: { code: "request.invalid", message: `all: ${message}`, details: { problems: [{ field, message }] } },
          },
          { status: 422 },
        ),
      );
    render(
      <QueryClientProvider client={queries}>
        <TextsProvider language="en" texts={texts}>
          <Editor talent={opened} onClose={() => {}} />
        </TextsProvider>
      </QueryClientProvider>,
    );
    refuse("tags.1", "too long");
    fireEvent.change(screen.getByLabelText("Tags"), { target: { value: "a, b" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await screen.findByText("too long");
    refuse("demo", "unknown");
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await screen.findByText("all: unknown");
  });

  it("says that somebody was faster even when what they changed cannot be looked at", async () => {
    vi.stubGlobal("fetch", async ({ method }: Request) =>
      method === "GET"
        ? Response.json({ error: { code: "request.not_found", message: "gone" } }, { status: 404 })
        : Response.json({ error: { code: "crm.version_conflict", message: "was changed" } }, { status: 409 }),
    );
    render(
      <QueryClientProvider client={queries}>
        <TextsProvider language="en" texts={texts}>
          <Editor talent={opened} onClose={() => {}} />
        </TextsProvider>
      </QueryClientProvider>,
    );
    fireEvent.change(screen.getByLabelText("Headline"), { target: { value: "Lead" } });
    fireEvent.click(screen.getByRole("button", { name: "Save changes" }));
    await screen.findByText("was changed");
  });
});
