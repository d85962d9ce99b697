import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { meQuery, type Profile } from "@/api/me";
import { queries } from "@/api/queries";
import { loadTexts, TextsProvider } from "@/texts";
import { NewJob } from "./NewJob";

const texts = await loadTexts("en");
let answerTo: () => Promise<Response>;
const onDone = vi.fn();

function show(me: string) {
  queries.setQueryData(meQuery.queryKey, { id: me, username: me, roles: ["owner"] } as unknown as Profile);
  return render(
    <QueryClientProvider client={queries}>
      <TextsProvider language="en" texts={texts}>
        <NewJob onClose={() => {}} onDone={onDone} />
      </TextsProvider>
    </QueryClientProvider>,
  );
}
const title = () => screen.getByLabelText<HTMLInputElement>(texts("jobs.name"));
const submit = () => act(async () => void fireEvent.submit(document.querySelector("form")!));

beforeEach(() => {
  onDone.mockReset();
  vi.stubGlobal("fetch", async (request: Request) =>
    request.method === "POST" && request.url.endsWith("/jobs")
      ? answerTo()
      : Response.json({ data: { items: [], next_cursor: null, criteria: [] } }),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  queries.clear();
});

it("keeps what somebody wrote for them, and shows it to nobody else", () => {
  const { unmount } = show("anna");
  fireEvent.change(title(), { target: { value: "Nurse" } });
  unmount();
  const again = show("anna");
  expect(title().value).toBe("Nurse");
  again.unmount();
  show("ben");
  expect(title().value).toBe("");
});

it("says what is wrong with the company at its field", async () => {
  answerTo = async () =>
    Response.json(
      { error: { code: "request.invalid", details: { problems: [{ field: "company", message: "not this one" }] } } },
      { status: 422 },
    );
  show("anna");
  fireEvent.change(title(), { target: { value: "Nurse" } });
  await submit();
  expect(await screen.findByText("not this one")).toBeTruthy();
  expect(screen.getByLabelText(texts("jobs.company")).getAttribute("aria-invalid")).toBe("true");
});

it("keeps no draft of a job that was made while the dialog was closed", async () => {
  let made: (answer: Response) => void = () => {};
  answerTo = () => new Promise((resolve) => (made = resolve));
  const { unmount } = show("anna");
  fireEvent.change(title(), { target: { value: "Cook" } });
  await submit();
  unmount();
  await act(async () => made(Response.json({ data: { id: "j", title: "Cook" } }, { status: 201 })));
  await vi.waitFor(() => expect(queries.isMutating()).toBe(0));
  show("anna");
  expect(title().value).toBe("");
  expect(onDone).not.toHaveBeenCalled();
});
