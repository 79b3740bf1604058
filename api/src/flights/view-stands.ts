import { snapLimits, snapToRegister } from "@mingcha/models/geo";
import type { ThingPlace } from "@mingcha/models/ground";
import type { Stands } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { registerAround } from "../geo/register-around.ts";
import { type Flagged, findFlaggedLook, placeFlaggedLook } from "./place-flag.ts";
import { nothingNear, storedStands } from "./stored-stands.ts";

/** Where the flagged thing of a record stands; null where its clearest look is of no flight. Of a recording that was deleted, what was stored. */
export async function viewStands(deps: Deps, flag: Flagged & { readonly id: string }): Promise<Stands | null> {
  const look = await findFlaggedLook(deps.db, flag);
  if (look === null) return null;
  const { placed, deletedAt } = await placeFlaggedLook(deps, look);
  const row = deletedAt === null ? null : await deps.db.flagPlace.findUnique({ where: { flagId: flag.id } });
  const stands = storedStands(row, look, deletedAt) ?? standsOf(placed, look);
  if (stands.place === null) return stands;
  const [longitude, latitude] = stands.place.at;
  const at = { longitude, latitude };
  const errorM = stands.place.ellipse.radius95M;
  const register = await registerAround(deps, at, Math.min(Math.max(errorM, snapLimits.reachM), snapLimits.errorMaxM));
  const { candidates, isAmbiguous, isTooUnsure } = snapToRegister(at, errorM, register);
  const near = candidates.map((one) => ({ ...one, distanceM: Math.round(one.distanceM) }));
  return { ...stands, near, isAmbiguous, isTooUnsure };
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** A computed place as it is shown, without what lies near it. */
export function standsOf(placed: ThingPlace, { clipId, offsetMs }: Pick<Stands, "clipId" | "offsetMs">): Stands {
  const look = { clipId, offsetMs };
  const none = { ...nothingNear, stored: null, warnings: [...placed.warnings] };
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
