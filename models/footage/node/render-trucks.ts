/**
 * Writes crops of lorries for the cover classifier: `npx tsx models/footage/node/render-trucks.ts OUT_DIR FIRST_SEED COUNT`.
 * OUT_DIR lies outside the repository. One JPEG of 160×160 per seed and one line per crop in crops.jsonl; safe to run again.
 */
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type {} from "../page/training/trucks.ts";
import { openFootage } from "./browser.ts";

const [outDir, firstText, countText] = process.argv.slice(2);
if (!outDir || !firstText || !countText) {
  console.error("usage: render-trucks.ts OUT_DIR FIRST_SEED COUNT");
  process.exit(2);
}
const [first, count] = [Number(firstText), Number(countText)];
await mkdir(outDir, { recursive: true });
const list = join(outDir, "crops.jsonl");
const done = new Set(
  (await readFile(list, "utf8").catch(() => ""))
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { seed: number }).seed),
);
const entry = fileURLToPath(new URL("../page/training/trucks.ts", import.meta.url));
const { page, close } = await openFootage({ widthPx: 160, heightPx: 160, paletteSeed: 1, entry, ready: "trucks" });
const startMs = Date.now();
for (let seed = first; seed < first + count; seed++) {
  if (done.has(seed)) continue;
  const { jpeg, ...facts } = await page.evaluate((s) => window.trucks.truck(s), seed);
  await writeFile(join(outDir, `${seed}.jpg`), Buffer.from(jpeg, "base64"));
  await appendFile(list, `${JSON.stringify({ seed, file: `${seed}.jpg`, ...facts })}\n`);
  if ((seed - first) % 250 === 249)
    console.log(`${seed - first + 1}/${count}, ${Math.round((Date.now() - startMs) / (seed - first + 1))} ms a crop`);
}
await close();
