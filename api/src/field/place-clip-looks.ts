import type { ClipModel, DatabaseOrTransaction } from "@mingcha/infra/db";
import { fieldSettings, fixesOf, type PlacedLook, placeLook, type TrackFix } from "@mingcha/models/field";
import { laidByClock, timeApartS } from "@mingcha/models/ground";
import { telemetryCheckSchema } from "@mingcha/models/http";
import { z } from "zod";

type Clip = Pick<ClipModel, "id" | "startUncertaintyMs" | "telemetryChecks">;

/** A clip's own track, and where it was at a moment of the clip. */
export interface ClipTrack {
  readonly track: readonly TrackFix[];
  readonly placeAt: (offsetMs: number) => PlacedLook;
}

/** Tracks by clip, each read once for as long as the answer is being made. */
export function createTracks(db: DatabaseOrTransaction): (clip: Clip) => Promise<ClipTrack> {
  const read = new Map<string, Promise<ClipTrack>>();
  return (clip) => {
    const known = read.get(clip.id) ?? readTrack(db, clip);
    read.set(clip.id, known);
    return known;
  };
}

async function readTrack(db: DatabaseOrTransaction, clip: Clip): Promise<ClipTrack> {
  const track = await db.telemetryPoint.findMany({
    where: { clipId: clip.id },
    orderBy: { offsetMs: "asc" },
    select: { offsetMs: true, longitude: true, latitude: true, sigmaHorizontalM: true },
  });
  const fixes = fixesOf(track);
  const checks = z.array(telemetryCheckSchema).safeParse(clip.telemetryChecks).data ?? [];
  const isLaidByClock = checks.some(({ code }) => code === laidByClock);
  const timeErrorMs =
    timeApartS({ startUncertaintyMs: clip.startUncertaintyMs, isLaidByClock }, fieldSettings.trackErrorMs / 1_000) *
    1_000;
  return { track, placeAt: (offsetMs) => placeLook(fixes, offsetMs, timeErrorMs) };
}

interface Picture {
  readonly kind: string;
  readonly clipId: string;
  readonly offsetMs: number;
  readonly capturedAt: Date;
}

export interface PlacedPicture {
  readonly picture: Picture;
  readonly look: PlacedLook;
}

/** Where each moment of an act's pictures was taken: the whole view's first, then the others in time order. */
export async function placePictures(
  db: DatabaseOrTransaction,
  pictures: readonly Picture[],
  trackOf = createTracks(db),
): Promise<PlacedPicture[]> {
  const ordered = [...pictures].sort(
    (a, b) => Number(b.kind === "wide") - Number(a.kind === "wide") || a.capturedAt.getTime() - b.capturedAt.getTime(),
  );
  const moments = ordered.filter(
    ({ clipId, offsetMs }, nth) =>
      ordered.findIndex((other) => other.clipId === clipId && other.offsetMs === offsetMs) === nth,
  );
  const clips = await db.clip.findMany({
    where: { id: { in: moments.map(({ clipId }) => clipId) } },
    select: { id: true, startUncertaintyMs: true, telemetryChecks: true },
  });
  const placed: PlacedPicture[] = [];
  for (const picture of moments) {
    const clip = clips.find(({ id }) => id === picture.clipId);
    if (clip !== undefined) placed.push({ picture, look: (await trackOf(clip)).placeAt(picture.offsetMs) });
  }
  return placed;
}
