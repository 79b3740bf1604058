import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeLooks, findMediaTools, probe } from "@mingcha/infra/media";
import { type DecodedBox, decodedIou, type Manifest, modelRegistry, placePicture } from "@mingcha/models/onnx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPythonPeer } from "../testing/python-peer.ts";
import { openOnnxSession } from "./onnx-session.ts";
import { planLooks } from "./plan-looks.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const dataFolder = process.env.MINGCHA_TEST_DATA ?? resolve(repoRoot, "../shared/data");
const peerScript = fileURLToPath(new URL("../testing/peer-boxes.py", import.meta.url));
const folders = [join(dataFolder, "models/detector"), join(repoRoot, "models/weights")];
const pictures = ["paddledetection_street.jpeg", "paddledetection_car.jpg", "paddledetection_bus.jpg"]
  .map((name) => join(dataFolder, "photos", name))
  .filter((file) => existsSync(file));

const models = modelRegistry.flatMap((manifest) => {
  const file = folders.map((folder) => join(folder, manifest.file)).find((path) => existsSync(path));
  return file === undefined ? [] : [{ id: manifest.id, manifest, file }];
});
const peer = pictures.length === 0 ? { missing: `no pictures in ${dataFolder}` } : await findPythonPeer();
if ("missing" in peer) console.log(`boxes are not compared with another implementation: ${peer.missing}`);

/** float32 sums in another order, amplified by exponentials. */
const tolerance = { scorePoints: 1e-3, edgePx: 0.5 };

describe.skipIf("missing" in peer)("another implementation gives the same boxes", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mingcha-peer-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A picture as the model shall see it, rgb24. */
  async function frameOf(picture: string, { input }: Manifest, name: string): Promise<string> {
    const tools = await findMediaTools();
    const probed = await probe(tools, picture);
    if (probed.kind === "refused") throw new Error(probed.text.en);
    const { widthPx, heightPx, ...what } = planLooks(probed.media, 1);
    const file = join(folder, name);
    const plan = {
      ...what,
      width: input.width,
      height: input.height,
      place: placePicture(input, { width: widthPx, height: heightPx }),
      pad: input.resize.mode === "letterbox" ? input.resize.pad : 0,
      pixelFormat: "rgb24",
    } as const;
    const decoded = await decodeLooks(tools, plan, async (frame) => writeFile(file, frame));
    if (decoded.kind === "refused") throw new Error(decoded.text.en);
    return file;
  }
  const asBytesOf = (rgb: Uint8Array, format: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(rgb, (value, i) => (format === "bgr24" ? (rgb[i - (i % 3) + 2 - (i % 3)] ?? 0) : value));

  test.each(models)("$id", async ({ manifest, file }) => {
    const frames: string[] = [];
    for (const [i, picture] of pictures.entries())
      frames.push(await frameOf(picture, manifest, `${manifest.id}-${i}.rgb`));
    const python = "python" in peer ? peer.python : "";
    const answer = execFileSync(python, [peerScript], {
      input: JSON.stringify({ model: file, manifest, frames }),
      maxBuffer: 1 << 26,
    });
    const wanted = JSON.parse(answer.toString()) as number[][][];
    const session = await openOnnxSession(await readFile(file), manifest);
    if ("kind" in session) throw new Error(session.text);
    expect(session.folding.kind).not.toBe("left");
    let compared = 0;
    for (const [i, frame] of frames.entries()) {
      const found = await session.detect(asBytesOf(await readFile(frame), session.pixelFormat));
      const others = (wanted[i] ?? []).map(
        ([classId = 0, score = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0]): DecodedBox => ({ classId, score, x1, y1, x2, y2 }),
      );
      expect(found.length).toBe(others.length);
      const left = new Set(others);
      for (const box of found) {
        const same = [...left]
          .filter((other) => other.classId === box.classId)
          .sort((a, b) => decodedIou(b, box) - decodedIou(a, box))[0];
        if (same === undefined) throw new Error(`nobody else sees ${JSON.stringify(box)}`);
        left.delete(same);
        compared++;
        expect(Math.abs(same.score - box.score)).toBeLessThan(tolerance.scorePoints);
        for (const edge of ["x1", "y1", "x2", "y2"] as const)
          expect(Math.abs(same[edge] - box[edge]), `${edge} of ${JSON.stringify(box)}`).toBeLessThan(tolerance.edgePx);
      }
    }
    await session.close();
    console.log(`${manifest.id}: ${compared} boxes on ${frames.length} pictures agree`);
    expect(compared).toBeGreaterThan(0);
  }, 180_000);
});
