/** Files that were dropped or pasted; folders are walked. */

/** What a system leaves in folders, and what an editor that is open has beside its file. */
const DEBRIS = /^(\.|~\$|thumbs\.db$|desktop\.ini$)/i;
/** Nobody means to hand in more; a dropped disk would never end. */
const MOST_WALKED = 2000;

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));

function readOf(reader: FileSystemDirectoryReader) {
  return new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST_WALKED || DEBRIS.test(entry.name)) return;
  if (entry.isFile) {
    const file = await fileOf(entry as FileSystemFileEntry).catch(() => null);
    if (file) found.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a part at a time (100 in Chromium), and nothing at the end.
  for (let part = await readOf(reader); part.length > 0; part = await readOf(reader)) {
    for (const inside of part) await walk(inside, found);
  }
}

/** Every file that a transfer holds. The entries are taken at once: a transfer is empty after its event. */
export async function filesFrom(transfer: DataTransfer): Promise<File[]> {
  const entries = Array.from(transfer.items ?? [], (item) => item.webkitGetAsEntry?.() ?? null);
  const plain = Array.from(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found;
}
