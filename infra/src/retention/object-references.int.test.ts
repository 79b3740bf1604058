import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { namesOnly, objectReferences } from "./object-references.ts";

/** `table.column` of every field of the schema whose name speaks of a SHA-256. */
function hashColumns(): string[] {
  const schema = readFileSync(new URL("../../prisma/schema.prisma", import.meta.url), "utf8");
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    return [...body.matchAll(/^ {2}(\w*[sS]ha256)\s.*$/gm)].map(
      ([line, field]) => `${table}.${/@map\("(\w+)"\)/.exec(line)?.[1] ?? field}`,
    );
  });
}

test("every column with a hash either keeps the bytes it names or says why it does not need them", () => {
  const known = [...objectReferences.map(({ column }) => column), ...Object.keys(namesOnly)];
  expect(hashColumns().filter((column) => !known.includes(column))).toEqual([]);
  const inSchema = [...hashColumns(), "dissuasion.look_picture"];
  expect(known.filter((column) => !inSchema.includes(column))).toEqual([]);
});
