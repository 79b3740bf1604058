import { actSteps } from "./acts.ts";
import { dissuasionSteps } from "./dissuasions.ts";
import { onSiteSteps } from "./on-site.ts";
import { placeSteps } from "./places.ts";
import type { FieldSteps } from "./provider.ts";

/** Everything a recording may belong to. */
export const fieldStepKinds: readonly FieldSteps[] = [onSiteSteps, dissuasionSteps, actSteps, placeSteps];
