import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ULog } from "@foxglove/ulog";
import goproTelemetry from "gopro-telemetry";
import { describe, expect, test } from "vitest";
import { readGpmf } from "./gpmf/read-gpmf.ts";
import { asPiece } from "./index.ts";
import type { TelemetryResult } from "./telemetry.ts";
import { readUlog } from "./ulog/read-ulog.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone");
const isHere = existsSync(folder);
if (!isHere) console.log(`our readers are not compared with public ones: there is no ${folder} (MINGCHA_TEST_DATA)`);

const entriesOf = (result: TelemetryResult) => {
  if (result.kind === "refused") throw new Error(result.detail);
  return result.entries;
};

type Told = Record<string, { streams?: Record<string, { samples: { value: number[] }[] }> }>;
// its declaration forgets that a CommonJS module is its default export
const referee = goproTelemetry as unknown as (input: object, options: object) => Promise<Told>;

/** Public libraries as referees: they are not in the product, because they know no bounds and read no Karma. */
describe.runIf(isHere)("our readers agree with public ones", { timeout: 60_000 }, () => {
  test("gopro-telemetry on GPS9 of a HERO11: same rows, same places, same times", async () => {
    const bytes = readFileSync(join(folder, "gpmf/hero11.raw"));
    const timing = { frameDuration: 1 / 30, start: new Date(0), samples: [] };
    const told = await referee({ rawData: bytes, timing }, { stream: ["GPS9"], timeIn: "MP4" });
    const samples = Object.values(told).flatMap((device) => device.streams?.GPS9?.samples ?? []);
    const ours = entriesOf(readGpmf(asPiece(bytes)));
    expect(samples.length).toBeGreaterThan(90);
    expect(Math.abs(samples.length - ours.length)).toBeLessThanOrEqual(1);
    expect([ours[0]?.latitude, ours[0]?.longitude, ours[0]?.altitudeM]).toEqual(samples[0]?.value.slice(0, 3));
  });
  test("@foxglove/ulog on a PX4 log: same fixes, same places", async () => {
    const bytes = readFileSync(join(folder, "ulog/sample_log_small.ulg"));
    const log = new ULog({
      open: async () => bytes.length,
      close: async () => {},
      read: async (offset: number, length: number) => Uint8Array.from(bytes.subarray(offset, offset + length)),
      size: () => bytes.length,
    } as never);
    await log.open();
    const fixes: { lat: number; lon: number }[] = [];
    for await (const message of log.readMessages())
      if ("value" in message && "time_utc_usec" in message.value && "fix_type" in message.value)
        fixes.push({ lat: Number(message.value.lat), lon: Number(message.value.lon) });
    const ours = entriesOf(readUlog(asPiece(bytes)));
    expect(fixes.map(({ lat, lon }) => [lon / 1e7, lat / 1e7])).toEqual(
      ours.map(({ longitude, latitude }) => [longitude, latitude]),
    );
  });
});
