import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findMediaTools, probe } from "@mingcha/infra/media";
import { findModel } from "@mingcha/models/onnx";
import type { Scene } from "@mingcha/models/scene";
import type { ViewReference } from "@mingcha/models/view";
import { afterAll, expect, test } from "vitest";
import { openOnnxSession } from "./onnx-session.ts";
import { forScene, planLooks } from "./plan-looks.ts";
import { takeLooks } from "./take-looks.ts";

const manifest = findModel("starter");
if (manifest === undefined) throw new Error("the starter is not in the registry");
const demo = (name: string) => fileURLToPath(new URL(`../../../models/demo/${name}/clip.mp4`, import.meta.url));
const tools = await findMediaTools();
const weights = fileURLToPath(new URL(`../../../models/weights/${manifest.file}`, import.meta.url));
const session = await openOnnxSession(await readFile(weights), manifest);
if ("kind" in session) throw new Error(session.text);
const model = { manifest, session };
const folder = mkdtempSync(join(tmpdir(), "mingcha-view-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file that ffmpeg makes of a demo clip, looked at as the source of this kind. */
async function lookAs(
  kind: string,
  reference: ViewReference | null,
  { clip, name, args }: { clip: string; name: string; args: readonly string[] },
) {
  const file = join(folder, name);
  execFileSync(tools.ffmpeg.path, ["-v", "error", "-y", "-i", demo(clip), ...args, file]);
  const probed = await probe(tools, file, { keyframes: true });
  if (probed.kind === "refused") throw new Error(probed.text.en);
  const task = forScene(planLooks(probed.media, 5), { source: { kind } } as Scene, reference);
  const taken = await takeLooks(tools, model, task);
  if (taken.kind === "refused") throw new Error(taken.text.en);
  return taken;
}

const photo = (name: string, filter = "null") => ({
  clip: "stall",
  name,
  args: ["-frames:v", "1", "-vf", filter],
});

test("a camera that sends photos is found turned, and found blind, as one that sends recordings", async () => {
  const first = await lookAs("fixed", null, photo("first.jpg"));
  expect(first.looks.map(({ view }) => view)).toEqual([{ verdict: "same", visibility: "clear" }]);
  const reference = first.viewReference ?? null;
  expect(reference).not.toBeNull();
  const again = await lookAs("fixed", reference, photo("again.jpg"));
  expect(again.looks[0]?.view).toMatchObject({ verdict: "same" });
  expect(again.viewReference).toBeUndefined();
  const turn = "crop=iw*0.9:ih:iw*0.1:0,pad=1280:720:0:0:gray";
  const turned = await lookAs("fixed", reference, photo("turned.jpg", turn));
  expect(turned.looks[0]?.view).toMatchObject({ verdict: "moved" });
  const dark = await lookAs("fixed", reference, photo("dark.jpg", "lutyuv=y=val*0.02+16:u=128:v=128"));
  expect(dark.looks[0]?.view).toMatchObject({ visibility: "blind" });
});

test("a drone that flies is never found turned; over a black picture its looks are blind", async () => {
  const short = ["-t", "11", "-c:v", "libx264", "-preset", "ultrafast", "-an"];
  const flown = await lookAs("drone", null, { clip: "drone-pass", name: "flown.mp4", args: short });
  const views = flown.looks.flatMap(({ view }) => (view === undefined ? [] : [view]));
  expect(views.length).toBeGreaterThan(0);
  for (const view of views) expect(view).toMatchObject({ verdict: "same" });
  expect(flown.viewReference).toBeUndefined();
  const black = ["-vf", "lutyuv=y=16:u=128:v=128", ...short];
  const night = await lookAs("drone", null, { clip: "drone-pass", name: "night.mp4", args: black });
  expect(night.looks[0]?.view).toEqual({ verdict: "unsure", visibility: "blind" });
});
