import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, test } from "vitest";
import { findMediaTools, type MediaTools } from "../media/index.ts";
import { renderStill, type StillTask } from "./render-still.ts";
import { createStillProcess, type StillProcess } from "./still-process.ts";

const file = fileURLToPath(new URL("../../../models/demo/stall/clip.mp4", import.meta.url));
const scene: StillTask["scene"] = {
  zones: [
    {
      id: "window",
      kind: "privacy",
      polygon: [
        [0.1, 0.1],
        [0.3, 0.1],
        [0.3, 0.3],
      ],
    },
  ],
};
const task: StillTask = {
  original: { file, demuxer: "mov", isPhoto: false },
  offsetMs: 4_000,
  scene,
  cropNorm: [0, 0, 0.5, 0.5],
};
let tools: MediaTools;
let stills: StillProcess | undefined;

beforeAll(async () => {
  tools = await findMediaTools();
});
afterEach(() => stills?.close());

const stillPids = async (): Promise<number[]> => {
  const found: number[] = [];
  const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, "utf8");
  for (const pid of children.trim().split(" ").filter(Boolean).map(Number))
    if ((await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).includes("still-main")) found.push(pid);
  return found;
};
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("a picture cut in the other process is the one cut here, to the last byte", async () => {
  stills = createStillProcess(tools);
  const [there, here] = [await stills.render(task), await renderStill(tools, task)];
  if (there.kind !== "ok" || here.kind !== "ok") throw new Error(JSON.stringify([there, here]));
  expect(sha256(there.bytes)).toBe(sha256(here.bytes));
  expect([there.widthPx, there.heightPx]).toEqual([here.widthPx, here.heightPx]);
});

test("a moment that is not there is refused, not thrown", async () => {
  stills = createStillProcess(tools);
  expect(await stills.render({ ...task, offsetMs: 3_600_000 })).toMatchObject({ kind: "refused", code: "past_end" });
});

test("a process killed under a picture fails that one only", async () => {
  stills = createStillProcess(tools);
  await stills.render(task);
  const [pid] = await stillPids();
  const rendering = stills.render(task).catch((error: Error) => error.message);
  process.kill(pid ?? 0, "SIGKILL");
  const next = stills.render(task);
  expect(await rendering).toContain("ended (SIGKILL)");
  expect(await next).toMatchObject({ kind: "ok" });
});
