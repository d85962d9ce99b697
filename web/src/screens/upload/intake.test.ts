import { describe, expect, test } from "vitest";
import { MOST_AT_ONCE, MOST_BYTES, MOST_FILES } from "@/api/runs";
import { batches, checked, refusedKind } from "./intake";

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g)!, (two) => Number.parseInt(two, 16));

function sized(name: string, size: number): File {
  const file = new File(["%PDF-1.7 and so on"], name);
  Object.defineProperty(file, "size", { value: size });
  return file;
}

describe("the kind is told by the first bytes", () => {
  test.each([
    ["cv.pdf", "89504e470d0a1a0a", "image"],
    ["cv.pdf", "ffd8ffe000104a46", "image"],
    ["cv.docx", "504b030414000600", null],
    ["cvs.zip", "504b030414000600", "kind"],
    ["cv.doc", "d0cf11e0a1b11ae1", "word97"],
    ["locked.docx", "d0cf11e0a1b11ae1", null],
    ["cv.rtf", "7b5c727466310000", "kind"],
    ["cv.pdf", "255044462d312e37", null],
    ["简历.txt", "e7ae80e58e860000", null],
  ])("%s, %s: %s", (name, hex, why) => {
    expect(refusedKind(name, bytes(hex))).toBe(why);
  });
});

test("each file that cannot be sent says why, and the others go on", async () => {
  const files = [new File([], "empty.txt"), sized("big.pdf", MOST_BYTES + 1), sized("cv.pdf", MOST_BYTES)];
  const { taken, refused } = await checked(files);
  expect(taken.map((file) => file.name)).toEqual(["cv.pdf"]);
  expect(refused).toEqual([
    { name: "empty.txt", why: "empty" },
    { name: "big.pdf", why: "large" },
  ]);
});

test("files that are refused leave their places to others", async () => {
  const many = Array.from({ length: MOST_FILES + 1 }, (_, number) => new File(["x"], `${number}.txt`));
  const { taken, refused } = await checked([new File([], "empty.txt"), ...many]);
  expect(taken).toHaveLength(MOST_FILES);
  expect(refused.at(-1)).toEqual({ name: `${MOST_FILES}.txt`, why: "many" });
});

test("no request carries more bytes than the server takes", () => {
  const half = MOST_AT_ONCE / 2;
  const files = [sized("a", half), sized("b", half), sized("c", 1), sized("d", MOST_BYTES)];
  expect(batches(files).map((batch) => batch.map((file) => file.name))).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(batches([])).toEqual([]);
});
