import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cutStill, type MediaTools } from "@mingcha/infra/media";
import { renderPicture } from "@mingcha/infra/stills";
import type { Manifest } from "@mingcha/models/onnx";
import { type EvidencePicture, type FlagsFile, isoInZone, type MediaRecord, type Scene } from "@mingcha/models/scene";
import type { Finding } from "@mingcha/models/violations";
import { chooseLooks } from "../evidence/choose-looks.ts";
import type { Analysis, AnalyzedClip } from "./analyze-clips.ts";
import { flagsFile, flagsInOrder, seconds } from "./flags-file.ts";
import { writeLooks } from "./looks-file.ts";

const fileSafe = (text: string): string => text.replace(/[^\w.-]+/g, "_").slice(0, 60);

type Context = { tools: MediaTools; scene: Scene; analysis: Analysis; folder: string };

async function cutEvidence(flag: Finding, number: number, context: Context): Promise<EvidencePicture[]> {
  const { analysis, scene, tools, folder } = context;
  const clipOf = new Map(
    analysis.clips.flatMap((clip) => clip.looks.map((look) => [look.capturedAtMs, clip] as const)),
  );
  const pictures: EvidencePicture[] = [];
  const frames = new Map<number, Buffer>();
  for (const { kind, look, cropNorm } of chooseLooks(flag, analysis.looks)) {
    const clip: AnalyzedClip | undefined = clipOf.get(look.capturedAtMs);
    if (clip === undefined) continue;
    let frame = frames.get(look.capturedAtMs);
    if (frame === undefined) {
      const cut = await cutStill(tools, clip.media, look.offsetMs);
      if (cut.kind === "refused") continue;
      frame = cut.bytes;
      frames.set(look.capturedAtMs, frame);
    }
    const { bytes } = await renderPicture(frame, scene, cropNorm);
    const nth = pictures.filter((p) => p.kind === kind).length;
    const name = [String(number).padStart(2, "0"), flag.violation, flag.zone, `${kind}${nth === 0 ? "" : nth + 1}`];
    const file = join("evidence", `${name.map(fileSafe).join("-")}.jpg`);
    await mkdir(join(folder, "evidence"), { recursive: true });
    await writeFile(join(folder, file), bytes);
    pictures.push({
      file,
      kind,
      capturedAt: isoInZone(look.capturedAtMs, scene.source.timezone),
      sha256: createHash("sha256").update(bytes).digest("hex"),
      parentSha256: clip.sha256,
    });
  }
  return pictures;
}

function mediaOf(clips: readonly AnalyzedClip[], timezone: string): MediaRecord[] {
  return clips.map((clip) => ({
    file: clip.media.file,
    sha256: clip.sha256,
    start: isoInZone(clip.startMs, timezone),
    startSource: clip.startSource,
    durationS: seconds(clip.media.durationMs / 1000),
    keyframesOnly: clip.task.keyframesOnly,
  }));
}

/** Writes `flags.json`, the evidence pictures of every flag, and `looks.json` with every look that led to them into a folder. */
export async function writeFlags(context: Context, model: Manifest, sceneSha256: string): Promise<FlagsFile> {
  const { analysis, folder, scene } = context;
  const { stats } = analysis;
  await mkdir(folder, { recursive: true });
  const evidence: EvidencePicture[][] = [];
  for (const [index, flag] of flagsInOrder(analysis.places).entries())
    evidence.push(await cutEvidence(flag, index + 1, context));
  const media = mediaOf(analysis.clips, scene.source.timezone);
  const file = flagsFile({
    places: analysis.places,
    evidence,
    model,
    scene,
    sceneSha256,
    media,
    stats: {
      looks: stats.looks,
      looksMissing: stats.looksMissing,
      decodeS: seconds(stats.decodeS),
      inferenceS: seconds(stats.inferenceS),
      wallS: seconds(stats.wallS),
    },
  });
  await writeFile(join(folder, "flags.json"), `${JSON.stringify(file, null, 2)}\n`);
  await writeLooks(
    join(folder, "looks.json"),
    { model: file.model, source: { id: scene.source.id }, media },
    analysis.looks,
  );
  return file;
}
