import { expect, test } from "vitest";
import { filesFrom } from "./walk";

const file = (name: string) => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (give: (file: File) => void) => give(new File(["x"], name)),
});

/** A folder that gives its entries in parts of two. */
function folder(name: string, ...inside: { name: string }[]) {
  const createReader = () => {
    const left = [...inside];
    return { readEntries: (give: (part: unknown[]) => void) => give(left.splice(0, 2)) };
  };
  return { name, isFile: false, isDirectory: true, createReader };
}

function transfer(...entries: { name: string }[]): DataTransfer {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  return { items, files: entries.map((entry) => new File(["x"], entry.name)) } as unknown as DataTransfer;
}

const names = async (dropped: DataTransfer) => (await filesFrom(dropped)).map((one) => one.name);

test("folders are walked to their last part, and what a system left there is not taken", async () => {
  const deep = folder("deep", file("c.pdf"), file("d.pdf"), file("~$d.docx"), file("e.txt"));
  const dropped = transfer(file("a.pdf"), folder("cvs", file(".DS_Store"), file("b.pdf"), deep));
  expect(await names(dropped)).toEqual(["a.pdf", "b.pdf", "c.pdf", "d.pdf", "e.txt"]);
});

test("files alone are taken as they are", async () => {
  expect(await names(transfer(file("a.pdf"), file("b.txt")))).toEqual(["a.pdf", "b.txt"]);
});
