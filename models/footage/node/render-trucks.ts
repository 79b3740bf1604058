/**
 * Writes crops of lorries for the cover classifier: `npx tsx models/footage/node/render-trucks.ts OUT_DIR FIRST_SEED COUNT [STEP]`.
 * OUT_DIR lies outside the repository. One JPEG of 896×896 and one mask of 448×448 per seed, and one line per crop in crops.jsonl; safe to run again. The state goes
 * round with the seed (0 open, 1 covered, 2 empty), so a STEP of 3 draws one state alone.
 */
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type {} from "../page/training/trucks.ts";
import { openFootage } from "./browser.ts";

const [outDir, firstText, countText, stepText] = process.argv.slice(2);
if (!outDir || !firstText || !countText) {
  console.error("usage: render-trucks.ts OUT_DIR FIRST_SEED COUNT [STEP]");
  process.exit(2);
}
const [first, count, step] = [Number(firstText), Number(countText), Number(stepText ?? 1)];
await mkdir(outDir, { recursive: true });
const list = join(outDir, "crops.jsonl");
const done = new Set(
  (await readFile(list, "utf8").catch(() => ""))
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { seed: number }).seed),
);
const entry = fileURLToPath(new URL("../page/training/trucks.ts", import.meta.url));
const { page, close } = await openFootage({ widthPx: 896, heightPx: 896, paletteSeed: 1, entry, ready: "trucks" });
const startMs = Date.now();
for (let i = 0; i < count; i++) {
  const seed = first + i * step;
  if (done.has(seed)) continue;
  const { jpeg, mask, ...facts } = await page.evaluate((s) => window.trucks.truck(s), seed);
  await writeFile(join(outDir, `${seed}.jpg`), Buffer.from(jpeg, "base64"));
  await writeFile(join(outDir, `${seed}.mask.png`), Buffer.from(mask, "base64"));
  await appendFile(list, `${JSON.stringify({ seed, file: `${seed}.jpg`, ...facts })}\n`);
  if (i % 250 === 249) console.log(`${i + 1}/${count}, ${Math.round((Date.now() - startMs) / (i + 1))} ms a crop`);
}
await close();
