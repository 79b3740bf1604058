import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeLook, type FlagsFile, type Scene } from "@mingcha/models/scene";
import { evaluateScene } from "@mingcha/models/violations";
import { flagsFile, seconds } from "./flags-file.ts";
import { readLooks } from "./looks-file.ts";

/** Applies a scene to the looks of a looks.json and writes flags.json: the same flags as the media gave, without pictures. */
export async function replayLooks(
  path: string,
  { scene, sha256 }: { scene: Scene; sha256: string },
  folder: string,
): Promise<FlagsFile> {
  const startedMs = performance.now();
  const { looks: stored, model, media } = await readLooks(path);
  const looks = stored.map(decodeLook);
  const file = flagsFile({
    places: evaluateScene(scene, looks),
    evidence: [],
    model,
    scene,
    sceneSha256: sha256,
    media,
    stats: {
      looks: looks.length,
      looksMissing: looks.filter((look) => look.status === "missing").length,
      decodeS: 0,
      inferenceS: 0,
      wallS: seconds((performance.now() - startedMs) / 1000),
    },
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "flags.json"), `${JSON.stringify(file, null, 2)}\n`);
  return file;
}
