// Compiles messages/{en,zh-CN}/*.json (ICU MessageFormat) to functions and their types, in src/texts/generated.
// A key that one language lacks, or whose arguments differ between the languages, fails.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import compiler from "@internationalized/string-compiler";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUT = join(ROOT, "src/texts/generated");
const LANGUAGES = ["en", "zh-CN"];
const faults = [];

function messages(language) {
  const folder = join(ROOT, "messages", language);
  const all = {};
  for (const file of readdirSync(folder).sort()) {
    const area = file.replace(/\.json$/, "");
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")))) {
      all[`${area}.${key}`] = text;
    }
  }
  return all;
}

function argumentsOf(parts, found = new Map()) {
  for (const part of parts) {
    if (part.type === TYPE.argument) found.set(part.value, found.get(part.value) ?? "string | number");
    if (part.type === TYPE.number || part.type === TYPE.plural) found.set(part.value, "number");
    if (part.type === TYPE.select) found.set(part.value, "string");
    for (const option of Object.values(part.options ?? {})) argumentsOf(option.value, found);
  }
  return found;
}

function typeOf(language, key, text) {
  try {
    const found = [...argumentsOf(parse(text))].sort(([a], [b]) => (a < b ? -1 : 1));
    return found.length ? `{ ${found.map(([name, type]) => `${name}: ${type}`).join("; ")} }` : "undefined";
  } catch (error) {
    faults.push(`${language} ${key}: ${error.message}`);
    return "undefined";
  }
}

const [en, zh] = LANGUAGES.map(messages);
for (const key of Object.keys(en)) if (!(key in zh)) faults.push(`zh-CN lacks ${key}`);
for (const key of Object.keys(zh)) if (!(key in en)) faults.push(`en lacks ${key}`);
const types = {};
for (const key of Object.keys(en)) {
  types[key] = typeOf("en", key, en[key]);
  if (key in zh && typeOf("zh-CN", key, zh[key]) !== types[key]) faults.push(`${key} takes other arguments in zh-CN`);
}
if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}

function write(name, text) {
  mkdirSync(OUT, { recursive: true });
  let old = null;
  try {
    old = readFileSync(join(OUT, name), "utf8");
  } catch {}
  if (old !== text) writeFileSync(join(OUT, name), text);
}

for (const [language, all] of [
  ["en", en],
  ["zh-CN", zh],
]) {
  const code = compiler.compileStrings(all, { format: "esm" });
  write(`${language}.js`, `${code};\n`);
  write(
    `${language}.d.ts`,
    'import type { LocalizedString } from "@internationalized/string";\ndeclare const strings: Record<string, LocalizedString>;\nexport default strings;\n',
  );
}
const rows = Object.entries(types).map(([key, type]) => `  ${JSON.stringify(key)}: ${type};`);
write("arguments.ts", `export interface Arguments {\n${rows.join("\n")}\n}\n`);
