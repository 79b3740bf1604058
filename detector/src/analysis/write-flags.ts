import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cutStill, type MediaTools } from "@mingcha/infra/media";
import type { Manifest } from "@mingcha/models/onnx";
import {
  type BoxNorm,
  type EvidencePicture,
  type FlagRecord,
  type FlagsFile,
  isoInZone,
  type Scene,
} from "@mingcha/models/scene";
import { type Finding, traceLine } from "@mingcha/models/violations";
import { chooseLooks } from "../evidence/choose-looks.ts";
import { renderPicture } from "../evidence/render-picture.ts";
import type { Analysis, AnalyzedClip } from "./analyze-clips.ts";

const seconds = (value: number): number => Math.round(value * 1000) / 1000;
const boxOf = (box: BoxNorm): [number, number, number, number] => {
  const [x, y, width, height] = box.map((edge) => Math.round(edge * 1e5) / 1e5);
  return [x ?? 0, y ?? 0, width ?? 0, height ?? 0];
};
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

function recordOf(flag: Finding, evidence: EvidencePicture[], timezone: string): FlagRecord {
  const iso = (ms: number): string => isoInZone(ms, timezone);
  return {
    id: flag.id,
    violation: flag.violation,
    zone: flag.zone,
    from: iso(flag.fromMs),
    to: iso(flag.toMs),
    dwellS: seconds(flag.dwellMs / 1000),
    score: flag.score,
    boxNorm: boxOf(flag.boxNorm),
    intervals: flag.intervals.map(({ state, fromMs, toMs }) => ({ state, from: iso(fromMs), to: iso(toMs) })),
    trace: flag.trace.map(traceLine),
    evidence,
    open: flag.isOpen,
    toJudge: flag.toJudge,
    filters: flag.trace,
    spots: flag.spots.map((spot) => ({ boxNorm: boxOf(spot.boxNorm), from: iso(spot.fromMs), to: iso(spot.toMs) })),
  };
}

/** Writes `flags.json` and the evidence pictures of every flag into a folder. */
export async function writeFlags(context: Context, model: Manifest, sceneSha256: string): Promise<FlagsFile> {
  const { analysis, folder, scene } = context;
  const { timezone } = scene.source;
  await mkdir(folder, { recursive: true });
  const found = analysis.places
    .flatMap((place) => place.flags)
    .sort((a, b) => a.fromMs - b.fromMs || a.id.localeCompare(b.id));
  const flags: FlagRecord[] = [];
  for (const [index, flag] of found.entries())
    flags.push(recordOf(flag, await cutEvidence(flag, index + 1, context), timezone));
  const file: FlagsFile = {
    version: 1,
    model: { id: model.id, sha256: model.sha256 },
    scene: { sha256: sceneSha256 },
    media: analysis.clips.map((clip) => ({
      file: clip.media.file,
      sha256: clip.sha256,
      start: isoInZone(clip.startMs, timezone),
      startSource: clip.startSource,
      durationS: seconds(clip.media.durationMs / 1000),
      keyframesOnly: clip.task.keyframesOnly,
    })),
    flags,
    rejected: analysis.places
      .flatMap((place) => place.rejected)
      .map((finding) => ({
        violation: finding.violation,
        zone: finding.zone,
        from: isoInZone(finding.fromMs, timezone),
        to: isoInZone(finding.toMs, timezone),
        trace: finding.trace.filter((item) => !item.passed).map(traceLine),
      })),
    stats: {
      looks: analysis.stats.looks,
      looksMissing: analysis.stats.looksMissing,
      decodeS: seconds(analysis.stats.decodeS),
      inferenceS: seconds(analysis.stats.inferenceS),
      wallS: seconds(analysis.stats.wallS),
    },
  };
  await writeFile(join(folder, "flags.json"), `${JSON.stringify(file, null, 2)}\n`);
  return file;
}
