/**
 * Draws demo clips into models/demo/<id>/: `npx tsx models/footage/node/render-clip.ts ID…` (all without a name).
 * `--look 30 --out DIR ID` writes only the picture at second 30, to judge a scene before rendering it whole.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ask, openFootage } from "./browser.ts";
import { encode } from "./encode.ts";
import { djiSubtitles } from "./srt.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { look: { type: "string", multiple: true }, out: { type: "string" } },
});
const outDir = values.out ?? fileURLToPath(new URL("../../demo", import.meta.url));
const known = ["shop-cross-door", "stall", "site-gate", "drone-pass"];

for (const id of positionals.length > 0 ? positionals : known) {
  const { page, close } = await openFootage({ widthPx: 1280, heightPx: 720, paletteSeed: 5 });
  const facts = await ask(page, "openClip", id);
  if (values.look) {
    for (const second of values.look)
      await writeFile(
        join(outDir, `${id}-${second}.jpg`),
        Buffer.from(await ask(page, "clipFrame", id, Math.round(Number(second) * facts.framesPerS)), "base64"),
      );
    await close();
    continue;
  }
  const folder = join(outDir, id);
  await mkdir(folder, { recursive: true });
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  await writeFile(join(folder, "scene.json"), json(facts.scene));
  await writeFile(
    join(folder, "truth.json"),
    json({
      version: 1,
      clip: "clip.mp4",
      startedAt: facts.startedAt,
      durationS: facts.durationS,
      violations: facts.violations,
      quietZones: facts.quietZones,
    }),
  );
  if (facts.telemetry)
    await writeFile(join(folder, "clip.SRT"), djiSubtitles(facts.telemetry, facts.startedAt, facts.framesPerS));
  const keyframeEvery = facts.framesPerS * 2;
  const options = [
    "-preset",
    "slow",
    "-crf",
    "26",
    "-maxrate",
    "420k",
    "-bufsize",
    "1200k",
    "-g",
    String(keyframeEvery),
  ];
  const pictures = async function* () {
    const frames = facts.durationS * facts.framesPerS;
    for (let frame = 0; frame < frames; frame++) {
      yield Buffer.from(await ask(page, "clipFrame", id, frame), "base64");
      if (frame % 100 === 99) console.log(`${id} ${frame + 1}/${frames}`);
    }
  };
  await encode(join(folder, "clip.mp4"), facts.framesPerS, options, pictures());
  await close();
}
