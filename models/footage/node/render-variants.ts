/**
 * Draws scene variants with truth: `npx tsx models/footage/node/render-variants.ts OUT_DIR FIRST_SEED COUNT [--small] [--only VIOLATION] [--truth]`.
 * One folder per seed: clip.mp4 (640×360, one frame a look), scene.json, truth.json, conditions.json. Safe to run again, whole folders are skipped.
 * `--small`: few bits, for the variants that lie in the repository. `--only`: of these seeds those with a rule for this violation, done or not;
 * the others get no folder. `--truth`: writes the truth of folders that are there anew and draws nothing.
 */
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ask, openFootage } from "./browser.ts";
import { encode } from "./encode.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: "boolean" }, only: { type: "string" }, truth: { type: "boolean" } },
});
const [outDir, firstText, countText] = positionals;
if (!outDir || !firstText || !countText) {
  console.error("usage: render-variants.ts OUT_DIR FIRST_SEED COUNT [--small] [--only VIOLATION] [--truth]");
  process.exit(2);
}
const [first, count] = [Number(firstText), Number(countText)];
const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
const missing: number[] = [];
for (let seed = first; seed < first + count; seed++)
  if ((await isThere(join(outDir, String(seed), "truth.json"))) === (values.truth ?? false)) missing.push(seed);

if (missing.length > 0) {
  const { page, close } = await openFootage({ widthPx: 640, heightPx: 360, paletteSeed: 1, isCoarse: true });
  const startMs = Date.now();
  for (const [done, seed] of missing.entries()) {
    const facts = await ask(page, "openVariant", seed);
    if (values.only !== undefined && !facts.scene.rules.some(({ violation }) => violation === values.only)) continue;
    const { startedAt, durationS, violations, quietZones } = facts;
    const truth = { version: 1, clip: "clip.mp4", startedAt, durationS, violations, quietZones };
    if (values.truth) {
      await writeFile(join(outDir, String(seed), "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
      continue;
    }
    // a folder that has its name is whole
    const folder = join(outDir, `${seed}.part`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const json = (name: string, value: unknown): Promise<void> =>
      writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
    const looks = Math.floor(facts.durationS * facts.framesPerS);
    const pictures = async function* () {
      for (let look = 0; look < looks; look++) yield Buffer.from(await ask(page, "variantLook", look), "base64");
    };
    const options = values.small
      ? ["-preset", "veryslow", "-crf", "34", "-maxrate", "20k", "-bufsize", "500k", "-g", "600"]
      : ["-preset", "veryfast", "-crf", "24", "-g", "1"];
    await encode(join(folder, "clip.mp4"), facts.framesPerS, options, pictures());
    await json("scene.json", facts.scene);
    await json("conditions.json", facts.conditions);
    await json("truth.json", truth);
    await rename(folder, join(outDir, String(seed)));
    console.log(
      `${done + 1}/${missing.length} variant ${seed}: ${facts.conditions.place}, ${facts.conditions.weather}, ${looks} looks, ${Math.round((Date.now() - startMs) / 1000)} s in all`,
    );
  }
  await close();
}
