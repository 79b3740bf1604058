import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asPiece, type TelemetryFormat, telemetryFormats } from "./index.ts";
import { entriesMax, type TelemetryPiece, type TelemetryResult } from "./telemetry.ts";
import { samplesOf } from "./testing/make-telemetry.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "drone");
const runs = 60;
const timeout = 60_000;

/** Real files by format, each cut to a size that many runs can afford; made ones are there on every machine. */
const real: Readonly<Record<string, readonly [folder: string, name: RegExp]>> = {
  "px4-ulog": ["ulog", /\.ulg$/],
  "gopro-gpmf": ["gpmf", /\.raw$/],
  "misb-klv": [".", /^(klv|sitrec\/data\/misb)\/.*\.(bin|klv)$/],
  "dji-srt": ["srt", /\.srt$/i],
  photo: ["img", /\.jpe?g$/i],
};
const bytesOfRun = 60_000;

function seedsOf(key: string): Uint8Array[] {
  const [part = "", pattern = /^$/] = real[key] ?? [];
  const at = join(folder, part);
  const files = real[key] !== undefined && existsSync(at) ? readdirSync(at, { recursive: true, encoding: "utf8" }) : [];
  return [
    ...samplesOf(key),
    ...files.filter((name) => pattern.test(name)).map((name) => readFileSync(join(at, name)).subarray(0, bytesOfRun)),
  ];
}

const codes = new Set([
  "telemetry_too_large",
  "telemetry_not_text",
  "telemetry_empty",
  "telemetry_unknown_dialect",
  "telemetry_unknown_schema",
  "telemetry_old_standard",
  "telemetry_checksum",
  "telemetry_damaged",
  "telemetry_no_position",
]);

/** What every parser promises, whatever it is given. */
function checkPromises(result: TelemetryResult): void {
  if (result.kind === "refused") {
    expect(codes).toContain(result.code);
    return;
  }
  expect(result.entries.length).toBeGreaterThan(0);
  expect(result.entries.length).toBeLessThanOrEqual(entriesMax);
  for (const entry of result.entries) {
    expect((entry.longitude === null) === (entry.latitude === null)).toBe(true);
    expect(Math.abs(entry.latitude ?? 0)).toBeLessThanOrEqual(90);
    expect(Math.abs(entry.longitude ?? 0)).toBeLessThanOrEqual(180);
    for (const value of Object.values(entry)) if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
  }
}

async function readChecked(format: TelemetryFormat, pieces: readonly TelemetryPiece[]): Promise<void> {
  const before = performance.now();
  checkPromises(await format.read(pieces, {}));
  // a hang, not a benchmark: 60 KB take milliseconds
  expect(performance.now() - before).toBeLessThan(20_000);
}

type Edit = { kind: "set" | "cut" | "repeat" | "insert"; at: number; value: number };
const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(
    "set" as const,
    "set" as const,
    "set" as const,
    "cut" as const,
    "repeat" as const,
    "insert" as const,
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.oneof(fc.constantFrom(0, 1, 127, 128, 255), fc.integer({ min: 0, max: 255 })),
});

function damage(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let now = Buffer.from(bytes);
  for (const { kind, at, value } of edits) {
    const place = Math.floor(at * now.length);
    if (kind === "set" && now.length > 0) now[Math.min(place, now.length - 1)] = value;
    else if (kind === "cut") now = now.subarray(0, place);
    else if (kind === "insert")
      now = Buffer.concat([now.subarray(0, place), Buffer.alloc(value, value), now.subarray(place)]);
    else
      now = Buffer.concat([
        now.subarray(0, place),
        now.subarray(Math.max(0, place - value)),
        now.subarray(place),
      ]).subarray(0, 2 * bytesOfRun);
  }
  return now;
}

describe.each(telemetryFormats.map((format) => [format.key, format] as const))("%s", { timeout }, (key, format) => {
  const seeds = seedsOf(key);
  test("every sample, damaged", async () => {
    for (const bytes of seeds)
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) =>
          readChecked(format, asPiece(damage(bytes, edits))),
        ),
        { numRuns: 6 },
      );
  });
  test("has samples to be damaged", async () => {
    expect(seeds.length).toBeGreaterThan(0);
    const results = await Promise.all(seeds.map((bytes) => format.read(asPiece(bytes), {})));
    for (const result of results) checkPromises(result);
  });
  test("damaged samples are read or refused, never thrown at, never endless, never beyond bounds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 12 }), (bytes, edits) =>
        readChecked(format, asPiece(damage(bytes, edits))),
      ),
      { numRuns: runs },
    );
  });
  test("as pieces of a track with offsets of any order", async () => {
    const offset = fc.option(fc.integer({ min: -1_000, max: 90_000_000 }), { nil: null });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(offset, fc.array(edit, { maxLength: 4 })), { maxLength: 4 }),
        (bytes, parts) =>
          readChecked(
            format,
            parts.map(([offsetMs, edits]) => ({ offsetMs, durationMs: null, bytes: damage(bytes, edits) })),
          ),
      ),
      { numRuns: runs / 2 },
    );
  });
  test("any bytes at all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), (bytes) => readChecked(format, asPiece(bytes))),
      { numRuns: 100 },
    );
  });
  test("recognising a file never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof (format.recognises?.(bytes) ?? false)).toBe("boolean");
      }),
      { numRuns: 100 },
    );
  });
});
