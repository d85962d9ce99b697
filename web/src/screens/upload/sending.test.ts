import { afterEach, expect, test, vi } from "vitest";

const sendResumes = vi.hoisted(() => vi.fn());
vi.mock("@/api/runs", async (load) => ({ ...(await load<object>()), sendResumes }));

import { MOST_AT_ONCE } from "@/api/runs";
import { forget, send } from "./sending";

function sized(name: string, size: number): File {
  const file = new File(["text"], name);
  Object.defineProperty(file, "size", { value: size });
  return file;
}

afterEach(() => forget());

test("what is being sent goes on when the notice about other files is taken away", async () => {
  const answers: ((run: string) => void)[] = [];
  sendResumes.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
  const half = MOST_AT_ONCE / 2;
  const sent = send([new File([], "empty.txt"), ...["a.txt", "b.txt", "c.txt"].map((name) => sized(name, half))]);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  forget();
  answers[0]!("one");
  await vi.waitFor(() => expect(answers).toHaveLength(2)); // the second request, with the third file
  answers[1]!("two");
  await sent;
});
