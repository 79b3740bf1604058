import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findMediaTools, readDataTracks } from "@mingcha/infra/media";
import { fixesOf, placeLook } from "@mingcha/models/field";
import { distanceM } from "@mingcha/models/geo";
import { describe, expect, test } from "vitest";
import { placeOnClip } from "../intake/place-on-clip.ts";
import { readInside, readTelemetryFile, trackMarks } from "./read-any.ts";
import type { Telemetry } from "./telemetry.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone/gpmf");
const isHere = existsSync(folder);
if (!isHere) console.log(`real tracks of action cameras are not read: there is no ${folder} (MINGCHA_TEST_DATA)`);
const tools = isHere ? await findMediaTools().catch(() => undefined) : undefined;

async function read(name: string): Promise<Telemetry> {
  const file = join(folder, name);
  const alone = await readTelemetryFile(readFileSync(file));
  const result =
    alone?.result ?? (tools && (await readInside(await readDataTracks(tools, file, trackMarks))).found?.result);
  if (result?.kind === "ok") return result;
  throw new Error(`${name} was not read`);
}

/** Of a real camera's fixes one a second is kept; each of the others is where the camera says it was meanwhile. */
describe.runIf(isHere && tools !== undefined)("between two fixes of a real camera", () => {
  test.each(["max-heromode.mp4", "hero11.raw"])("the others lie within the stated error: %s", async (name) => {
    const content = await read(name);
    const placed = placeOnClip(
      {
        ...content,
        entries: content.entries.map((entry, nth) => ({ ...entry, offsetMs: entry.offsetMs ?? nth * 100 })),
      },
      { startedAt: new Date(0), startUncertaintyMs: 0, durationMs: 86_400_000 },
    );
    const fixes = fixesOf(placed);
    const kept = fixes.filter((fix, nth) => {
      const before = fixes[nth - 1];
      return before === undefined || Math.floor(before.offsetMs / 1_000) !== Math.floor(fix.offsetMs / 1_000);
    });
    const errors = fixes.flatMap((fix) => {
      const look = placeLook(kept, fix.offsetMs, 0);
      if (look.kind !== "placed") return [];
      const errorM = distanceM(look, fix);
      expect(errorM).toBeLessThanOrEqual(look.errorM);
      return [errorM];
    });
    console.info(`${name}: ${errors.length} fixes, farthest from the line ${Math.max(...errors).toFixed(2)} m`);
    expect(errors.length).toBeGreaterThan(50);
  });
});
