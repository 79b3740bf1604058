import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Look, roundLook } from "@mingcha/models/scene";
import { evaluateScene, readScene } from "@mingcha/models/violations";
import { afterAll, beforeAll, expect, test } from "vitest";
import { flagsFile } from "./flags-file.ts";
import { writeLooks } from "./looks-file.ts";
import { replayLooks } from "./replay-looks.ts";

const startMs = Date.parse("2026-05-08T08:00:00+08:00");
const sha256 = "0".repeat(64);
const read = readScene({
  source: { id: "cam" },
  lookEveryS: 2,
  zones: [
    {
      id: "z",
      kind: "public_ground",
      polygon: [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.9, 0.9],
        [0.1, 0.9],
      ],
    },
  ],
  rules: [
    { violation: "CROSS_DOOR", zones: ["z"], dwellS: 60, graceS: 20, minScore: 0.35 },
    { violation: "STALL", zones: ["z"], dwellS: 100, graceS: 20, minScore: 0.35 },
  ],
});
if (read.kind === "bad") throw new Error(read.text.en);
const { scene } = read;

/** Edges that no short decimal holds, a lost look, a role of no name. */
const looks: Look[] = Array.from({ length: 120 }, (_, i) => {
  const time = { capturedAtMs: startMs + i * 2000 + (i % 7), offsetMs: i * 2000 };
  if (i % 11 === 5) return { ...time, status: "missing", reason: "decode_failed" };
  const wobble = Math.sin(i) / 300;
  return {
    ...time,
    status: "seen",
    detections: [
      { label: "crate", role: "goods", score: 0.5 + Math.cos(i) / 9, boxNorm: [1 / 3 + wobble, 0.5, 1 / 7, 0.1] },
      { label: "bird", role: null, score: 0.9, boxNorm: [0.2, 0.2, 0.1, 0.1] },
    ],
  };
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mingcha-replay-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("looks that were written and read give the flags of the looks themselves, to the last bit", async () => {
  const model = { id: "m", sha256 };
  const first = flagsFile({
    places: evaluateScene(scene, looks.map(roundLook)),
    evidence: [],
    model,
    scene,
    sceneSha256: sha256,
    media: [],
    stats: { looks: looks.length, looksMissing: 11, decodeS: 0, inferenceS: 0, wallS: 0 },
  });
  expect(first.flags.map((flag) => flag.violation)).toEqual(["CROSS_DOOR", "STALL"]);
  const path = join(folder, "looks.json");
  await writeLooks(path, { model, source: { id: "cam" }, media: [] }, looks.map(roundLook));
  const again = await replayLooks(path, { scene, sha256 }, folder);
  expect({ ...again, stats: { ...again.stats, wallS: 0 } }).toEqual(first);
  const written: unknown = JSON.parse(await readFile(join(folder, "flags.json"), "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(again)));
});

test("a file that holds no looks is refused in one sentence", async () => {
  const path = join(folder, "wrong.json");
  await writeFile(path, '{"version":1,"looks":[{"t":1}]}');
  await expect(replayLooks(path, { scene, sha256 }, folder)).rejects.toThrow(/is no looks\.json: /);
  await expect(replayLooks(join(folder, "none.json"), { scene, sha256 }, folder)).rejects.toThrow(/cannot be read/);
});
