import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { cutStill, findMediaTools, probe } from "@mingcha/infra/media";
import { findModel, placePicture } from "@mingcha/models/onnx";
import { planTiles } from "@mingcha/models/tiles";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type OnnxSession, openOnnxSession } from "./onnx-session.ts";
import { planLooks } from "./plan-looks.ts";
import { takeLooks } from "./take-looks.ts";
import { takeTiledLooks } from "./take-tiled-looks.ts";

const starterManifest = findModel("starter");
if (starterManifest === undefined) throw new Error("the starter is not in the registry");
const clip = fileURLToPath(new URL("../../../models/demo/drone-pass/clip.mp4", import.meta.url));
const weights = fileURLToPath(new URL(`../../../models/weights/${starterManifest.file}`, import.meta.url));
const tools = await findMediaTools();
const probed = await probe(tools, clip);
if (probed.kind === "refused") throw new Error(probed.text.en);
const { media } = probed;
const opened = await openOnnxSession(await readFile(weights), starterManifest);
if ("kind" in opened) throw new Error(opened.text);
const session = opened;
const tiling = { across: 3, overlap: 0.2 };

/** Mean difference of two pictures, grey levels. */
const difference = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;

test.each([
  "rgb24",
  "gbrp",
] as const)("each tile the model gets is that part of the picture, %s", async (pixelFormat) => {
  const frames: Uint8Array[] = [];
  const watched: OnnxSession = {
    ...session,
    pixelFormat,
    detect: (frame) => {
      frames.push(frame.slice());
      return session.detect(frame);
    },
  };
  const task = { ...planLooks(media, 60), tiling };
  const taken = await takeTiledLooks(tools, { manifest: starterManifest, session: watched }, task);
  expect(taken).toMatchObject({ kind: "ok", tilesPerLook: frames.length });
  const still = await cutStill(tools, { file: clip, demuxer: media.demuxer, isPhoto: false }, 0);
  if (still.kind === "refused") throw new Error(still.text.en);
  const { input } = starterManifest;
  const tiles = planTiles(media, input, tiling);
  expect(tiles).toHaveLength(frames.length);
  for (const [i, { cropPx }] of tiles.entries()) {
    const place = placePicture(input, cropPx);
    const wanted = await sharp(still.bytes)
      .extract({ left: cropPx.x, top: cropPx.y, width: cropPx.width, height: cropPx.height })
      .resize(place.width, place.height, { fit: "fill", kernel: "linear" })
      .extend({
        top: place.y,
        left: place.x,
        bottom: input.height - place.height - place.y,
        right: input.width - place.width - place.x,
        background: "#727272",
      })
      .removeAlpha()
      .raw()
      .toBuffer();
    const plane = input.width * input.height;
    const frame = frames[i] as Uint8Array;
    const interleaved =
      pixelFormat === "rgb24"
        ? frame
        : Uint8Array.from(
            wanted,
            (_, k) => frame[([2, 0, 1] as const)[(k % 3) as 0 | 1 | 2] * plane + Math.floor(k / 3)] as number,
          );
    expect(difference(interleaved, wanted), `tile ${i}`).toBeLessThan(6);
    // Another part of the picture is another picture: the bound above means something.
    const other = frames[(i + 1) % frames.length] as Uint8Array;
    expect(difference(frame, other), `tile ${i} and its neighbour`).toBeGreaterThan(12);
  }
});

test("looks come at the moments the untiled way takes them, and small things are found that it does not see", async () => {
  const task = planLooks(media, 10);
  const model = { manifest: starterManifest, session };
  const whole = await takeLooks(tools, model, task);
  const tiled = await takeTiledLooks(tools, model, { ...task, tiling });
  if (whole.kind === "refused" || tiled.kind === "refused") throw new Error("refused");
  expect(tiled.looks.map(({ offsetMs }) => offsetMs)).toEqual(whole.looks.map(({ offsetMs }) => offsetMs));
  const people = (looks: typeof whole.looks): number =>
    looks.flatMap(({ detections }) => detections).filter(({ role, score }) => role === "person" && score >= 0.35)
      .length;
  expect(people(tiled.looks)).toBeGreaterThan(people(whole.looks));
});

test("the view of tiled looks is checked on the whole picture as the untiled way checks it, and one becomes the reference", async () => {
  const model = { manifest: starterManifest, session };
  const task = { ...planLooks(media, 5), view: { everyMs: 10_000, reference: null } };
  const whole = await takeLooks(tools, model, task);
  const tiled = await takeTiledLooks(tools, model, { ...task, tiling });
  if (whole.kind === "refused" || tiled.kind === "refused") throw new Error("refused");
  const views = (looks: typeof whole.looks) => looks.map(({ view }) => view ?? null);
  expect(views(tiled.looks)).toEqual(views(whole.looks));
  expect(views(tiled.looks).filter((view) => view !== null).length).toBeGreaterThan(1);
  expect(tiled.viewReference).toEqual(whole.viewReference);
  expect(tiled.viewReference?.offsetMs).toBe(0);
});

test("a file that is no media is refused, not thrown", async () => {
  const task = { ...planLooks({ ...media, file: weights }, 10), tiling };
  expect(await takeTiledLooks(tools, { manifest: starterManifest, session }, task)).toMatchObject({ kind: "refused" });
});
