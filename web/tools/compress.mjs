// Packs what packs well: `file.br` and `file.gz` beside each text file of a folder, as the server hands them out.
// The page itself is left alone: the server puts a fresh nonce into it for each answer.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const PACKED = new Set([".css", ".js", ".json", ".map", ".svg", ".txt", ".webmanifest"]);
const FEWEST_BYTES = 512; // below that the headers are most of an answer

const folder = process.argv[2];
if (!folder) throw new Error("usage: node compress.mjs FOLDER");

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !PACKED.has(extname(entry.name))) continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const plain = readFileSync(file);
  if (plain.length < FEWEST_BYTES) continue;
  const packed = {
    br: brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
    gz: gzipSync(plain, { level: 9 }),
  };
  for (const [ending, bytes] of Object.entries(packed)) {
    if (bytes.length < plain.length) writeFileSync(`${file}.${ending}`, bytes);
  }
}
