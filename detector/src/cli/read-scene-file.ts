import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Scene } from "@mingcha/models/scene";
import { readScene } from "@mingcha/models/violations";
import { BadUse } from "./fail.ts";

/** Reads scene.json; the hash is of the file's bytes, as flags.json names it. */
export async function readSceneFile(file: string): Promise<{ scene: Scene; sha256: string }> {
  const bytes = await readFile(file).catch(() => {
    throw new BadUse(`the scene ${file} cannot be read`);
  });
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new BadUse(`the scene ${file} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const read = readScene(value);
  if (read.kind === "bad") throw new BadUse(`${file}: ${read.text.en}`);
  return { scene: read.scene, sha256: createHash("sha256").update(bytes).digest("hex") };
}
