import {
  type BoxNorm,
  type EvidencePicture,
  type FlagRecord,
  type FlagsFile,
  isoInZone,
  type MediaRecord,
  type Scene,
} from "@mingcha/models/scene";
import { type Finding, type PlaceReport, traceLine } from "@mingcha/models/violations";

export const seconds = (value: number): number => Math.round(value * 1000) / 1000;

const boxOf = (box: BoxNorm): [number, number, number, number] => {
  const [x, y, width, height] = box.map((edge) => Math.round(edge * 1e5) / 1e5);
  return [x ?? 0, y ?? 0, width ?? 0, height ?? 0];
};

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

/** Flags of all places in the order in which flags.json lists them: by their beginning. */
export const flagsInOrder = (places: readonly PlaceReport[]): Finding[] =>
  places.flatMap((place) => place.flags).sort((a, b) => a.fromMs - b.fromMs || a.id.localeCompare(b.id));

/** The content of flags.json. `evidence` holds the pictures of each flag, in the order of {@link flagsInOrder}. */
export function flagsFile(input: {
  places: readonly PlaceReport[];
  evidence: readonly EvidencePicture[][];
  model: { id: string; sha256: string };
  scene: Scene;
  sceneSha256: string;
  media: MediaRecord[];
  stats: FlagsFile["stats"];
}): FlagsFile {
  const { timezone } = input.scene.source;
  return {
    version: 1,
    model: { id: input.model.id, sha256: input.model.sha256 },
    scene: { sha256: input.sceneSha256 },
    media: input.media,
    flags: flagsInOrder(input.places).map((flag, i) => recordOf(flag, input.evidence[i] ?? [], timezone)),
    rejected: input.places
      .flatMap((place) => place.rejected)
      .map((finding) => ({
        violation: finding.violation,
        zone: finding.zone,
        from: isoInZone(finding.fromMs, timezone),
        to: isoInZone(finding.toMs, timezone),
        trace: finding.trace.filter((item) => !item.passed).map(traceLine),
      })),
    stats: input.stats,
  };
}
