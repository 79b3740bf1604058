import type { Prisma } from "@mingcha/infra/db";
import { snapLimits, snapToRegister } from "@mingcha/models/geo";
import { gapMaxMs, laidByClock, type ThingPlace, thingPlace } from "@mingcha/models/ground";
import { type Stands, telemetryCheckSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { elevationAround } from "./elevation-around.ts";
import { registerAround } from "./register-around.ts";

const bestSchema = z.object({
  best: z.object({ at: z.iso.datetime(), boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
});
type Flagged = { readonly sourceId: string; readonly judge: unknown };

/** The clearest look of a flag and the thing's box in it; null where the flag says none. */
export function bestOf({ judge }: Pick<Flagged, "judge">) {
  const parsed = bestSchema.safeParse(judge);
  return parsed.success ? { at: new Date(parsed.data.best.at), boxNorm: parsed.data.best.boxNorm } : null;
}

type ClipRow = Prisma.ClipGetPayload<{ include: { telemetry: true } }>;

/** A recording with the telemetry that its frames are placed by. */
export const placedClip = (clip: ClipRow) => ({
  ...clip,
  points: clip.telemetry,
  isLaidByClock: z
    .array(telemetryCheckSchema)
    .parse(clip.telemetryChecks)
    .some(({ code }) => code === laidByClock),
});

/** Samples this far around a moment say all that is known of it. */
const aroundMs = 2 * gapMaxMs;

/** Where the flagged thing of a record stands; null where its clearest look is of no flight. */
export async function viewStands(deps: Deps, flag: Flagged): Promise<Stands | null> {
  const best = bestOf(flag);
  const look =
    best === null
      ? null
      : await deps.db.look.findFirst({
          where: { sourceId: flag.sourceId, capturedAt: best.at, clip: { flightId: { not: null } } },
          select: { clipId: true, offsetMs: true },
        });
  if (best === null || look === null) return null;
  const { clipId, offsetMs } = look;
  const clip = await deps.db.clip.findUniqueOrThrow({
    where: { id: clipId },
    include: {
      telemetry: {
        where: { offsetMs: { gte: offsetMs - aroundMs, lte: offsetMs + aroundMs } },
        orderBy: { offsetMs: "asc" },
      },
    },
  });
  const elevationAt = await elevationAround(deps, clip.telemetry);
  const placed = thingPlace(placedClip(clip), offsetMs, best.boxNorm, elevationAt);
  const stands = standsOf(placed, { clipId, offsetMs });
  if (placed.kind === "refused") return stands;
  const errorM = placed.ellipse.radius95M;
  const register = await registerAround(deps, placed.at, Math.max(errorM, snapLimits.reachM));
  const { candidates, isAmbiguous } = snapToRegister(placed.at, errorM, register);
  return { ...stands, near: candidates.map((one) => ({ ...one, distanceM: Math.round(one.distanceM) })), isAmbiguous };
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** A computed place as it is shown, without what lies near it. */
export function standsOf(placed: ThingPlace, look: Pick<Stands, "clipId" | "offsetMs">): Stands {
  const none = { near: [], isAmbiguous: false, warnings: [...placed.warnings] };
  if (placed.kind === "refused") return { ...look, ...none, place: null, refused: placed.reason, height: null };
  const { at, ellipse, height } = placed;
  return {
    ...look,
    ...none,
    place: { at: [round(at.longitude, 7), round(at.latitude, 7)], ellipse },
    refused: null,
    height: { metres: round(height.metres, 1), from: height.from },
  };
}
