/**
 * Writes training pictures and boxes: `npx tsx models/footage/node/render-training.ts OUT_DIR FIRST_SEED COUNT [PALETTE_SEED]`;
 * `PALETTE_SEED` "variants" draws three moments of each scene variant of these seeds instead, "gates" only those that are gates, while
 * trucks pass and between them, a violation ("ROAD_PILE", "STALL") only those streets where it happens: what is rare is drawn more often.
 * OUT_DIR lies outside the repository. One JPEG per seed and one line per picture in boxes.jsonl; safe to run again, done seeds are skipped.
 */
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { placeOf } from "../page/variants/place-of.ts";
import { ask, openFootage } from "./browser.ts";

const [outDir, firstText, countText, paletteText] = process.argv.slice(2);
if (!outDir || !firstText || !countText) {
  console.error("usage: render-training.ts OUT_DIR FIRST_SEED COUNT [PALETTE_SEED]");
  process.exit(2);
}
const first = Number(firstText);
const count = Number(countText);
await mkdir(outDir, { recursive: true });
const list = join(outDir, "boxes.jsonl");
const done = new Set(
  (await readFile(list, "utf8").catch(() => ""))
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { seed: number }).seed),
);
const isVariants = paletteText !== undefined && Number.isNaN(Number(paletteText));
const onlyViolation = isVariants && /^[A-Z_]+$/.test(paletteText) ? paletteText : undefined;
if (isVariants && !onlyViolation && paletteText !== "variants" && paletteText !== "gates") {
  console.error(`the fourth is a number, "variants", "gates" or a violation, not ${paletteText}`);
  process.exit(2);
}
const paletteSeed = isVariants ? 1 : Number(paletteText ?? 1);
const { page, close } = await openFootage({ widthPx: 640, heightPx: 360, paletteSeed, isCoarse: isVariants });
const startMs = Date.now();

type Drawn = { file: string; jpeg: string; boxes: Awaited<ReturnType<typeof ask<"training">>>["boxes"] };

async function draw(seed: number): Promise<Drawn[]> {
  if (!isVariants) return [{ file: `${seed}.jpg`, ...(await ask(page, "training", seed, 92)) }];
  if (paletteText === "gates" && placeOf(seed) !== "gate") return [];
  if (onlyViolation && placeOf(seed) === "gate") return [];
  const { durationS, violations } = await ask(page, "openVariant", seed);
  if (onlyViolation && !violations.some(({ violation }) => violation === onlyViolation)) return [];
  // of a street the first moment is when things come, the others are when most stands
  const momentsS =
    placeOf(seed) === "gate"
      ? violations.flatMap(({ fromS, toS }, nth) => {
          const passing = [fromS - 0.3, fromS * 0.6 + toS * 0.4, toS - 0.4, toS + 1];
          // between two trucks cars use the gate: without these every vehicle in a gate would be a truck
          const nextS = violations[nth + 1]?.fromS;
          const gapS = nextS === undefined ? 0 : nextS - toS;
          return gapS < 6 ? passing : [...passing, ...[0.45, 0.55, 0.65, 0.75].map((share) => toS + gapS * share)];
        })
      : [1.3, 2.3, 3.3].map((nth) => (durationS * nth) / 4.6);
  const drawn: Drawn[] = [];
  for (const [nth, atS] of momentsS.entries())
    drawn.push({
      file: `${seed}-${nth + 1}.jpg`,
      ...(await ask(page, "variantTraining", Math.round(atS * 10) / 10, 92)),
    });
  return drawn;
}

for (let seed = first; seed < first + count; seed++) {
  if (done.has(seed)) continue;
  for (const { file, jpeg, boxes } of await draw(seed)) {
    await writeFile(join(outDir, file), Buffer.from(jpeg, "base64"));
    await appendFile(
      list,
      `${JSON.stringify({ seed, file, boxes: boxes.map((b) => [b.label, ...[b.x1, b.y1, b.x2, b.y2, b.visible].map((v) => Math.round(v * 1e5) / 1e5)]) })}\n`,
    );
  }
  if ((seed - first) % 100 === 99)
    console.log(
      `${seed - first + 1}/${count}, ${Math.round((Date.now() - startMs) / (seed - first + 1))} ms a picture`,
    );
}
await close();
