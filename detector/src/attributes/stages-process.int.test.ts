import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findMediaTools, type MediaTools, probe } from "@mingcha/infra/media";
import { afterAll, beforeAll, expect, test } from "vitest";
import { detectorConfig } from "../config.ts";
import { type StagesProcess, startStages } from "./stages-process.ts";

/** The bundled gate clip: an open tipper leaves the site. */
const clip = fileURLToPath(new URL("../../../models/demo/site-gate/clip.mp4", import.meta.url));
const empty = mkdtempSync(join(tmpdir(), "mingcha-stages-"));
let tools: MediaTools;
let stages: StagesProcess;

beforeAll(async () => {
  const config = detectorConfig();
  tools = await findMediaTools(config);
  stages = await startStages(config.modelFolders, tools);
});
afterAll(() => {
  stages.close();
  rmSync(empty, { recursive: true, force: true });
});

async function task(wanted: Record<string, string[]>) {
  const probed = await probe(tools, clip);
  if (probed.kind === "refused") throw new Error(probed.text.en);
  return {
    ...probed.media,
    offsetMs: 10_000,
    detections: [{ role: "truck" as const, boxNorm: [0.3, 0.3, 0.4, 0.5] as const }],
    wanted,
  };
}

test("a process of its own answers for every attribute asked, each with its model or the reason there is none", async () => {
  expect(stages.problems).toEqual([]);
  expect(stages.stageIds).toContain("truck-cover");
  const judged = await stages.judge(await task({ truck: ["cover", "cleanliness"] }));
  if (judged.kind !== "ok") throw new Error(judged.text);
  expect(judged.readings.map((reading) => reading.attribute)).toEqual(["cover", "cleanliness"]);
  expect(judged.readings[0]?.modelSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(judged.readings[1]).toMatchObject({ value: null, outcome: "no_model" });
});

test("where no model is at hand nothing is guessed: every attribute stays with a person", async () => {
  const none = await startStages([empty], tools);
  try {
    expect(none.stageIds).toEqual([]);
    const judged = await none.judge(await task({ truck: ["cover", "load"] }));
    if (judged.kind !== "ok") throw new Error(judged.text);
    expect(judged.readings.map(({ value, outcome }) => ({ value, outcome }))).toEqual([
      { value: null, outcome: "no_model" },
      { value: null, outcome: "no_model" },
    ]);
  } finally {
    none.close();
  }
});
