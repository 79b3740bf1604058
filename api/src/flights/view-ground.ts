import { setImmediate as nextTurn } from "node:timers/promises";
import type { Prisma, TelemetryPointModel } from "@mingcha/infra/db";
import { coverageOf, gapMaxMs } from "@mingcha/models/ground";
import type { FlightGround } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { admissionsOf } from "../docks/admissions.ts";
import type { SignedIn } from "../people/sessions.ts";
import { elevationAround } from "./elevation-around.ts";
import { findOwnFlight } from "./find-own-flight.ts";
import { flagsDuring, flagsOn } from "./flags-on.ts";
import { type FramePlace, type PlacedClip, placeFrame } from "./frame-places.ts";
import { checksOf, placedClip } from "./place-flag.ts";

/** Frames of one flight that are put on the map; more of them are chosen evenly, which is said. */
const framesMax = 240;
/** Points of the drawn path. */
const pathMax = 2_000;
/** Of a recording that was not analysed yet, a frame this often. */
const frameEveryMs = 2_000;

const clipsInOrder = {
  orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  include: { telemetry: { orderBy: { offsetMs: "asc" } }, source: { select: { timezone: true } } },
} satisfies Prisma.ClipFindManyArgs;

/** Path, footprints and coverage of one flight, computed from what its recordings say; what they do not say is counted. */
export async function viewGround(deps: Deps, id: string, person: SignedIn): Promise<FlightGround> {
  const { db, profile } = deps;
  const flight = await findOwnFlight(deps, id, person);
  const recordings = await db.clip.findMany({ where: { flightId: id }, ...clipsInOrder });
  const source = await db.source.findUnique({ where: { id: flight.sourceId } });
  const admitted = await admissionsOf(db, recordings);
  const clips = recordings.map(placedClip);
  const elevation = await elevationAround(
    deps,
    clips.flatMap(({ points }) => points),
  );
  const kept = clips.filter(({ deletedAt }) => deletedAt === null);
  const { wanted, framesFrom } = await listFrames(db, kept);
  const step = Math.max(1, Math.ceil(wanted.length / framesMax));
  const examined = wanted.filter((_, i) => i % step === 0);
  const places: FramePlace[] = [];
  for (const { clip, offsetMs } of examined) {
    places.push(placeFrame(clip, offsetMs, elevation));
    if (places.length % 50 === 0) await nextTurn();
  }
  const shown = places.flatMap((place) => (place.kind === "shown" ? [place] : []));
  const district = profile.districts.items.find((item) => item.id === source?.district);
  const border = district?.border?.map(([longitude, latitude]) => ({ longitude, latitude })) ?? null;
  const coverage = await coverageOf(
    shown.map(({ frame }) => frame.ring.map(([longitude, latitude]) => ({ longitude, latitude }))),
    border,
    nextTurn,
  );
  const count = (kind: FramePlace["kind"]): number => places.filter((place) => place.kind === kind).length;
  const from = (kind: string): number => shown.filter(({ height }) => height.from === kind).length;
  const warnings = new Map(
    shown.flatMap(({ warnings: said }) => said.map((warning) => [warning.en, warning] as const)),
  );
  return {
    id: flight.id,
    sourceName: source?.name ?? flight.sourceId,
    timezone: source?.timezone ?? "Asia/Shanghai",
    startedAt: flight.startedAt.toISOString(),
    clips: recordings.map((clip) => ({
      id: clip.id,
      fileName: clip.fileName,
      startedAt: clip.startedAt.toISOString(),
      durationMs: clip.durationMs,
      telemetryFormat: clip.telemetryFormat,
      altitudeType: clip.altitudeType,
      points: clip.telemetry.length,
      checks: [...markOf(admitted.get(clip.id)), ...checksOf(clip)],
      deletedAt: clip.deletedAt?.toISOString() ?? null,
    })),
    path: recordings.flatMap(({ telemetry }) => pathOf(telemetry, pathMax / Math.max(1, recordings.length))),
    frames: shown.map(({ frame }) => frame),
    framesFrom,
    counts: {
      total: wanted.length,
      examined: examined.length,
      shown: shown.length,
      withoutPosition: count("withoutPosition"),
      withoutPitch: count("withoutPitch"),
      withoutHeight: count("withoutHeight"),
      withoutLens: count("withoutLens"),
      tooFlat: count("tooFlat"),
    },
    heightFrom: { laser: from("laser"), elevation: from("elevation"), takeOff: from("take_off") },
    warnings: [...deletedOf(clips.length - kept.length), ...warnings.values()],
    flags: await flagsOn(db, clips, elevation),
    flagsTotal: clips.length === 0 ? 0 : await db.flag.count({ where: flagsDuring(flight.sourceId, clips) }),
    coverage: {
      polygons: coverage.polygons,
      areaM2: coverage.areaM2,
      district:
        district === undefined || coverage.districtShare === null
          ? null
          : { name: district.name, share: coverage.districtShare },
    },
  };
}

/** Of recordings that were deleted nothing is counted as missing: their frames are not asked for. */
const deletedOf = (clips: number): FlightGround["warnings"] =>
  clips === 0
    ? []
    : [
        {
          zh: `本航次有 ${clips} 段录像已按规定删除，其航迹、画面与覆盖不再计算；发现的位置为删除前所存`,
          en: `Recordings of this flight that were deleted by rule: ${clips}. Their path, frames and coverage are not computed any more; places of what was found are those stored before`,
        },
      ];

/** Told with what its sources say against each other, before it. */
const markOf = (text: { readonly zh: string; readonly en: string } | undefined) =>
  text === undefined ? [] : [{ code: "taken_on_word", ...text }];

/** Analysed frames of a flight; of a flight that nobody analysed yet, moments of its recordings. */
async function listFrames(
  db: Deps["db"],
  clips: readonly PlacedClip[],
): Promise<{ wanted: { clip: PlacedClip; offsetMs: number }[]; framesFrom: FlightGround["framesFrom"] }> {
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const looks = await db.look.findMany({
    where: { clipId: { in: [...byId.keys()] }, status: "seen" },
    select: { clipId: true, offsetMs: true },
    orderBy: [{ capturedAt: "asc" }, { offsetMs: "asc" }],
  });
  if (looks.length > 0)
    return {
      wanted: looks.flatMap(({ clipId, offsetMs }) => {
        const clip = byId.get(clipId);
        return clip === undefined ? [] : [{ clip, offsetMs }];
      }),
      framesFrom: "looks",
    };
  const wanted = clips.flatMap((clip) =>
    Array.from({ length: Math.floor(clip.durationMs / frameEveryMs) + 1 }, (_, i) => ({
      clip,
      offsetMs: i * frameEveryMs,
    })),
  );
  return { wanted, framesFrom: "telemetry" };
}

/** Positions in order, thinned; where nothing is known for longer than a gap, another line begins. */
function pathOf(points: readonly TelemetryPointModel[], most: number): [number, number][][] {
  const step = Math.max(1, Math.ceil(points.length / most));
  const lines: [number, number][][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const [i, { offsetMs, longitude, latitude }] of points.entries()) {
    if (longitude === null || latitude === null || (i % step !== 0 && i !== points.length - 1)) continue;
    if (offsetMs - lastMs > gapMaxMs * step) lines.push([]);
    lines.at(-1)?.push([longitude, latitude]);
    lastMs = offsetMs;
  }
  return lines;
}
