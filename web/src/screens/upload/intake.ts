/** Files before they are sent: which the server can take, and why another cannot be. */
import { MOST_AT_ONCE, MOST_BYTES, MOST_FILES } from "@/api/runs";

export const REFUSALS = ["empty", "large", "many", "image", "word97", "kind", "gone"] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface Refused {
  name: string;
  why: Refusal;
}

/** What the window for choosing files offers at first. */
export const OFFERED = ".pdf,.docx,.txt,.md,application/pdf,text/plain";

const IMAGES = ["ffd8ff", "89504e470d0a1a0a", "47494638", "49492a00", "4d4d002a"];
const FOREIGN = ["7b5c727466", "52617221", "377abcaf271c", "1f8b", "25215053", "7f454c46"];
const OLD_OFFICE = "d0cf11e0a1b11ae1";
const ZIP = "504b0304";
const NOT_WORD = /\.(zip|xlsx|pptx|odt|ods|jar|pages)$/i;

/** Why the content is of no kind that is read, told by its first bytes as the server does; its name says little. */
export function refusedKind(name: string, first: Uint8Array): Refusal | null {
  const hex = Array.from(first.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const riff = String.fromCharCode(...first.slice(0, 4)) + String.fromCharCode(...first.slice(8, 12));
  if (IMAGES.some((magic) => hex.startsWith(magic)) || riff === "RIFFWEBP") return "image";
  if (hex.startsWith(OLD_OFFICE)) return /\.doc$/i.test(name) ? "word97" : null; // a locked .docx: the server's words
  if (FOREIGN.some((magic) => hex.startsWith(magic))) return "kind";
  return hex.startsWith(ZIP) && NOT_WORD.test(name) ? "kind" : null;
}

async function refusal(file: File, place: number): Promise<Refusal | null> {
  if (place >= MOST_FILES) return "many";
  if (file.size === 0) return "empty";
  if (file.size > MOST_BYTES) return "large";
  try {
    return refusedKind(file.name, new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  } catch {
    return "gone";
  }
}

/** Those that can be sent, in order, and those that cannot. Only what can be sent counts for how many there may be. */
export async function checked(files: readonly File[]): Promise<{ taken: File[]; refused: Refused[] }> {
  const taken: File[] = [];
  const refused: Refused[] = [];
  for (const file of files) {
    const why = await refusal(file, taken.length);
    if (why) refused.push({ name: file.name, why });
    else taken.push(file);
  }
  return { taken, refused };
}

/** The files in as few requests as their bytes allow. */
export function batches(files: readonly File[]): File[][] {
  const made: File[][] = [];
  let room = 0;
  for (const file of files) {
    if (made.length === 0 || file.size > room) {
      made.push([]);
      room = MOST_AT_ONCE;
    }
    made.at(-1)!.push(file);
    room -= file.size;
  }
  return made;
}
