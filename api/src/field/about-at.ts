import type { PlacedLook } from "@mingcha/models/field";
import { snapLimits, snapToRegister } from "@mingcha/models/geo";
import type { AboutAt } from "@mingcha/models/http";
import type { Deps } from "../deps.ts";
import { registerAround } from "../geo/register-around.ts";

const decimetres = (metres: number): number => Math.round(metres * 10) / 10;

/** A placed look as a proposal "about at". */
export async function aboutAt(
  deps: Pick<Deps, "db" | "mapBase">,
  look: Extract<PlacedLook, { kind: "placed" }>,
): Promise<AboutAt> {
  const radiusM = Math.min(Math.max(look.errorM, snapLimits.reachM), snapLimits.errorMaxM);
  const register = await registerAround(deps, look, radiusM);
  const { candidates, nearest, isAmbiguous, isTooUnsure } = snapToRegister(look, look.errorM, register);
  const rounded = (one: (typeof candidates)[number]) => ({ ...one, distanceM: decimetres(one.distanceM) });
  return {
    at: { longitude: look.longitude, latitude: look.latitude },
    errorM: decimetres(look.errorM),
    fixM: decimetres(look.fixM),
    clockM: decimetres(look.clockM),
    betweenM: decimetres(look.betweenM),
    candidates: candidates.map(rounded),
    nearest: nearest === null ? null : rounded(nearest),
    isAmbiguous,
    isTooUnsure,
  };
}
