import { readFile, writeFile } from "node:fs/promises";
import { encodeLook, type Look, type LooksFile, looksFileSchema } from "@mingcha/models/scene";
import { BadUse } from "../cli/fail.ts";

/** Writes looks.json, one look a line. */
export async function writeLooks(path: string, file: Omit<LooksFile, "version" | "looks">, looks: readonly Look[]) {
  const head = JSON.stringify({ version: 1, ...file }).slice(0, -1);
  const lines = looks.map((look) => JSON.stringify(encodeLook(look)));
  await writeFile(path, `${head},"looks":[\n${lines.join(",\n")}\n]}\n`);
}

/** Reads looks.json. Decoded, its looks are to the last bit what the rules saw when it was written. */
export async function readLooks(path: string): Promise<LooksFile> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new BadUse(`the looks ${path} cannot be read`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new BadUse(`the looks ${path} are no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = looksFileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadUse(`${path} is no looks.json: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  return parsed.data;
}
