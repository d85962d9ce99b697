// Generates src/api/generated from the checked-in OpenAPI documents, one file a service and one for all paths.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DOCUMENTS = join(ROOT, "../docs/reference/openapi");
const OUT = join(ROOT, "src/api/generated");

mkdirSync(OUT, { recursive: true });
const names = readdirSync(DOCUMENTS)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -5))
  .sort();
for (const name of names) {
  const [from, to] = [join(DOCUMENTS, `${name}.json`), join(OUT, `${name}.ts`)];
  const fresh = statSync(to, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (fresh > statSync(from).mtimeMs && fresh > statSync(fileURLToPath(import.meta.url)).mtimeMs) continue;
  const tree = await openapi(JSON.parse(readFileSync(from, "utf8")), { defaultNonNullable: false });
  writeFileSync(to, astToString(tree));
}
const alias = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const lines = [
  ...names.map(
    (name) => `import type { components as ${alias(name)}, paths as ${alias(name)}Paths } from "./${name}";`,
  ),
  "",
  `export type paths = ${names.map((name) => `${alias(name)}Paths`).join(" & ")};`,
  ...names.map(
    (name) => `export type ${alias(name)[0].toUpperCase()}${alias(name).slice(1)} = ${alias(name)}["schemas"];`,
  ),
  "",
];
writeFileSync(join(OUT, "index.ts"), lines.join("\n"));
