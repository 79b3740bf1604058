import type { FlightGround } from "@mingcha/models/http";

/** A moment of a recording. */
export interface Moment {
  readonly clipId: string;
  readonly offsetMs: number;
}

/** Of a flight none of whose frames has a place, a moment this often: its pictures can be gone through all the same. */
const everyMs = 2_000;

/** What the slider goes through: frames that have a place, else moments of the recordings that are there. */
export function momentsOf({ frames, clips }: Pick<FlightGround, "frames" | "clips">): readonly Moment[] {
  if (frames.length > 0) return frames;
  return clips
    .filter(({ deletedAt }) => deletedAt === null)
    .flatMap(({ id, durationMs }) =>
      Array.from({ length: Math.floor(durationMs / everyMs) + 1 }, (_, nth) => ({
        clipId: id,
        offsetMs: nth * everyMs,
      })),
    );
}

/** The moment of the same recording nearest in time; -1 without one. */
export function nearestOf(moments: readonly Moment[], to: Moment): number {
  let [nearest, awayMs] = [-1, Number.POSITIVE_INFINITY];
  moments.forEach(({ clipId, offsetMs }, index) => {
    const away = clipId === to.clipId ? Math.abs(offsetMs - to.offsetMs) : Number.POSITIVE_INFINITY;
    if (away < awayMs) [nearest, awayMs] = [index, away];
  });
  return nearest;
}
