import type { ClipModel, DatabaseOrTransaction } from "@mingcha/infra/db";
import { fixesOf, type PlacedLook, placeLook } from "@mingcha/models/field";
import { laidByClock } from "@mingcha/models/ground";
import { telemetryCheckSchema } from "@mingcha/models/http";
import { z } from "zod";

/** A track inside the video lags the picture by the receiver's own delay (house rule). */
const trackErrorMs = 500;

type Clip = Pick<ClipModel, "id" | "startUncertaintyMs" | "telemetryChecks">;

/** How far track and picture may be apart: a track laid by the clock is off by what the recording's start is. */
function timeErrorOf(clip: Clip): number {
  const checks = z.array(telemetryCheckSchema).parse(clip.telemetryChecks);
  return checks.some(({ code }) => code === laidByClock)
    ? Math.max(trackErrorMs, clip.startUncertaintyMs)
    : trackErrorMs;
}

/** Positions of moments of a clip by its own track. */
export async function placeMoments(
  db: DatabaseOrTransaction,
  clip: Clip,
  offsetsMs: readonly number[],
): Promise<PlacedLook[]> {
  const track = await db.telemetryPoint.findMany({
    where: { clipId: clip.id },
    orderBy: { offsetMs: "asc" },
    select: { offsetMs: true, longitude: true, latitude: true, sigmaHorizontalM: true },
  });
  const fixes = fixesOf(track);
  const timeErrorMs = timeErrorOf(clip);
  return offsetsMs.map((offsetMs) => placeLook(fixes, offsetMs, timeErrorMs));
}

interface Picture {
  readonly kind: string;
  readonly clipId: string;
  readonly offsetMs: number;
}

/** Where the first of an act's pictures that has a place was taken, the whole view before the others; else why the first has none. */
export async function placePictures(
  db: DatabaseOrTransaction,
  pictures: readonly Picture[],
): Promise<{ picture: Picture; look: PlacedLook } | null> {
  const wanted = [...pictures].sort((a, b) => Number(b.kind === "wide") - Number(a.kind === "wide"));
  const clips = await db.clip.findMany({ where: { id: { in: wanted.map(({ clipId }) => clipId) } } });
  let first: { picture: Picture; look: PlacedLook } | null = null;
  for (const picture of wanted) {
    const clip = clips.find(({ id }) => id === picture.clipId);
    const [look] = clip === undefined ? [] : await placeMoments(db, clip, [picture.offsetMs]);
    if (look === undefined) continue;
    if (look.kind === "placed") return { picture, look };
    first ??= { picture, look };
  }
  return first;
}
