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
