import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { type Elevation, gapMaxMs, laidByClock, type ThingPlace, thingPlace } from "@mingcha/models/ground";
import { telemetryCheckSchema } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { elevationAround } from "./elevation-around.ts";

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const bestSchema = z.object({ best: z.object({ at: z.iso.datetime(), boxNorm: boxSchema }) });

export type Flagged = {
  readonly sourceId: string;
  readonly judge: unknown;
  readonly evidence: readonly { readonly clipId: string; readonly capturedAt: Date }[];
};

/** The clearest look of a flag and the thing's box in it; null where the flag says none. */
export function bestOf({ judge }: Pick<Flagged, "judge">) {
  const parsed = bestSchema.safeParse(judge);
  return parsed.success ? { at: new Date(parsed.data.best.at), boxNorm: parsed.data.best.boxNorm } : null;
}

type ClipRow = Prisma.ClipGetPayload<{ include: { telemetry: true; source: { select: { timezone: true } } } }>;

/** What a recording's sources of time and place say against each other. */
export const checksOf = ({ telemetryChecks }: Pick<ClipRow, "telemetryChecks">) =>
  z.array(telemetryCheckSchema).parse(telemetryChecks);

/** A recording with the telemetry that its frames are placed by. */
export const placedClip = (clip: ClipRow) => ({
  ...clip,
  points: clip.telemetry,
  isLaidByClock: checksOf(clip).some(({ code }) => code === laidByClock),
});

export interface FlaggedLook {
  readonly clipId: string;
  readonly offsetMs: number;
  readonly boxNorm: z.infer<typeof boxSchema>;
}

/**
 * The recording of a flight in which a flag's clearest look lies: that of the picture cut there, for an aircraft may take two recordings at one
 * instant through two lenses; else, while no picture is cut yet, the first. Null where the look is of no flight.
 */
export async function findFlaggedLook(db: DatabaseOrTransaction, flag: Flagged): Promise<FlaggedLook | null> {
  const best = bestOf(flag);
  if (best === null) return null;
  const cut = flag.evidence.find(({ capturedAt }) => capturedAt.getTime() === best.at.getTime());
  const look = await db.look.findFirst({
    where: {
      sourceId: flag.sourceId,
      capturedAt: best.at,
      clip: { flightId: { not: null } },
      ...(cut === undefined ? {} : { clipId: cut.clipId }),
    },
    select: { clipId: true, offsetMs: true },
    orderBy: { clipId: "asc" },
  });
  return look === null ? null : { ...look, boxNorm: best.boxNorm };
}

/** Where a boxed thing in a recording stands; of one that was deleted that alone is said: nothing is left to compute it from. */
export function placeInClip(
  clip: ReturnType<typeof placedClip>,
  { offsetMs, boxNorm }: Pick<FlaggedLook, "offsetMs" | "boxNorm">,
  elevation: Elevation | null,
): ThingPlace {
  if (clip.deletedAt === null) return thingPlace(clip, offsetMs, boxNorm, elevation);
  const day = localDay(clip.deletedAt, clip.source.timezone);
  const reason = {
    zh: `录像已于 ${day} 按规定删除，此前未推算位置`,
    en: `its recording was deleted by rule on ${day}, before a place was computed`,
  };
  return { kind: "refused", reason, warnings: [] };
}

/** Samples this far around a moment say all that is known of it. */
const aroundMs = 2 * gapMaxMs;

/** Where the thing in a look stands, by what its recording says around that moment, and whether that was deleted. */
export async function placeFlaggedLook(
  deps: Pick<Deps, "elevation"> & { readonly db: DatabaseOrTransaction },
  look: FlaggedLook,
): Promise<{ placed: ThingPlace; deletedAt: Date | null }> {
  const { clipId, offsetMs } = look;
  const clip = await deps.db.clip.findUniqueOrThrow({
    where: { id: clipId },
    include: {
      telemetry: {
        where: { offsetMs: { gte: offsetMs - aroundMs, lte: offsetMs + aroundMs } },
        orderBy: { offsetMs: "asc" },
      },
      source: { select: { timezone: true } },
    },
  });
  const elevation = await elevationAround(deps, clip.telemetry);
  return { placed: placeInClip(placedClip(clip), look, elevation), deletedAt: clip.deletedAt };
}
