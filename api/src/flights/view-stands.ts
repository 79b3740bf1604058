import type { Prisma } from "@mingcha/infra/db";
import { snapLimits, snapToRegister } from "@mingcha/models/geo";
import { gapMaxMs, laidByClock, type ThingPlace, thingPlace } from "@mingcha/models/ground";
import { type Stands, telemetryCheckSchema } from "@mingcha/models/http";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { registerAround } from "../geo/register-around.ts";
import { elevationAround } from "./elevation-around.ts";

const bestSchema = z.object({
  best: z.object({ at: z.iso.datetime(), boxNorm: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
});
type Flagged = {
  readonly sourceId: string;
  readonly judge: unknown;
  readonly evidence: readonly { readonly clipId: string; readonly capturedAt: Date }[];
};

/** The clearest look of a flag and the thing's box in it; null where the flag says none. */
export function bestOf({ judge }: Pick<Flagged, "judge">) {
  const parsed = bestSchema.safeParse(judge);
  return parsed.success ? { at: new Date(parsed.data.best.at), boxNorm: parsed.data.best.boxNorm } : null;
}

type ClipRow = Prisma.ClipGetPayload<{ include: { telemetry: true } }>;

/** What a recording's sources of time and place say against each other. */
export const checksOf = ({ telemetryChecks }: Pick<ClipRow, "telemetryChecks">) =>
  z.array(telemetryCheckSchema).parse(telemetryChecks);

/** A recording with the telemetry that its frames are placed by. */
export const placedClip = (clip: ClipRow) => ({
  ...clip,
  points: clip.telemetry,
  isLaidByClock: checksOf(clip).some(({ code }) => code === laidByClock),
});

/** Samples this far around a moment say all that is known of it. */
const aroundMs = 2 * gapMaxMs;

/** Where the flagged thing of a record stands; null where its clearest look is of no flight. */
export async function viewStands(deps: Deps, flag: Flagged): Promise<Stands | null> {
  const best = bestOf(flag);
  const look = best === null ? null : await findLook(deps.db, flag, best.at);
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
  const register = await registerAround(
    deps,
    placed.at,
    Math.min(Math.max(errorM, snapLimits.reachM), snapLimits.errorMaxM),
  );
  const { candidates, isAmbiguous, isTooUnsure } = snapToRegister(placed.at, errorM, register);
  const near = candidates.map((one) => ({ ...one, distanceM: Math.round(one.distanceM) }));
  return { ...stands, near, isAmbiguous, isTooUnsure };
}

/**
 * The recording of a flight in which a flag's clearest look lies: that of the picture cut there, for an aircraft may take two recordings at one
 * instant through two lenses; else, while no picture is cut yet, the first.
 */
async function findLook(db: Deps["db"], flag: Flagged, at: Date) {
  const cut = flag.evidence.find(({ capturedAt }) => capturedAt.getTime() === at.getTime());
  return db.look.findFirst({
    where: {
      sourceId: flag.sourceId,
      capturedAt: at,
      clip: { flightId: { not: null } },
      ...(cut === undefined ? {} : { clipId: cut.clipId }),
    },
    select: { clipId: true, offsetMs: true },
    orderBy: { clipId: "asc" },
  });
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** A computed place as it is shown, without what lies near it. */
export function standsOf(placed: ThingPlace, look: Pick<Stands, "clipId" | "offsetMs">): Stands {
  const none = { near: [], isAmbiguous: false, isTooUnsure: false, warnings: [...placed.warnings] };
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
