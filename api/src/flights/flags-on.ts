import type { Database, Prisma } from "@mingcha/infra/db";
import type { Elevation } from "@mingcha/models/ground";
import type { FlightGround } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import { bestOf, type placedClip, placeInClip } from "./place-flag.ts";
import { storedStands } from "./stored-stands.ts";
import { standsOf } from "./view-stands.ts";

/** Flags of one flight that are put on the map; how many there are is said. */
export const flagsMax = 300;

interface Recorded {
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Flags of acts that reach into one of the recordings of a flight. */
export const flagsDuring = (sourceId: string, clips: readonly Recorded[]): Prisma.FlagWhereInput => ({
  sourceId,
  OR: clips.map(({ startedAt, durationMs }) => ({
    from: { lte: new Date(startedAt.getTime() + durationMs) },
    to: { gte: startedAt },
  })),
});

/** Flags whose clearest look lies in one of the recordings, each at the ground its thing stands on. */
export async function flagsOn(
  db: Database,
  clips: readonly ReturnType<typeof placedClip>[],
  elevation: Elevation | null,
): Promise<FlightGround["flags"]> {
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const [first] = clips;
  if (first === undefined) return [];
  const flags = await db.flag.findMany({
    where: flagsDuring(first.sourceId, clips),
    include: {
      clue: { select: { id: true } },
      evidence: { select: { clipId: true, capturedAt: true } },
      groundPlace: true,
    },
    orderBy: [{ from: "asc" }, { id: "asc" }],
    take: flagsMax,
  });
  const best = flags.flatMap((flag) => {
    const look = bestOf(flag);
    return look === null ? [] : [{ flag, ...look }];
  });
  const looks = await db.look.findMany({
    where: { clipId: { in: [...byId.keys()] }, capturedAt: { in: best.map(({ at }) => at) } },
    select: { clipId: true, offsetMs: true, capturedAt: true },
    orderBy: { clipId: "asc" },
  });
  return best.flatMap(({ flag, at, boxNorm }) => {
    const cut = flag.evidence.find(({ capturedAt }) => capturedAt.getTime() === at.getTime());
    const look = looks.find(
      ({ clipId, capturedAt }) => capturedAt.getTime() === at.getTime() && (cut === undefined || cut.clipId === clipId),
    );
    const clip = look === undefined ? undefined : byId.get(look.clipId);
    if (look === undefined || clip === undefined) return [];
    const { clipId, offsetMs } = look;
    const { place, refused, height, stored } =
      storedStands(flag.groundPlace, look, clip.deletedAt) ??
      standsOf(placeInClip(clip, { offsetMs, boxNorm }, elevation), look);
    return [
      {
        flagId: flag.id,
        clueId: flag.clue?.id ?? null,
        violationTitle: findViolation(flag.violation)?.title ?? { zh: flag.violation, en: flag.violation },
        statedPlace: flag.place,
        boxNorm,
        from: flag.from.toISOString(),
        stands: { clipId, offsetMs, place, refused, height, stored },
      },
    ];
  });
}
