import { deimv2Atto } from "./deimv2-atto.ts";
import { deimv2Femto } from "./deimv2-femto.ts";
import { type Manifest, type ManifestInput, manifestSchema } from "./manifest.ts";
import { starter } from "./starter.ts";
import { yoloxNano } from "./yolox-nano.ts";

const members: readonly ManifestInput[] = [starter, deimv2Femto, deimv2Atto, yoloxNano];

/** Every model the product knows by name. A folder of models may hold more, each with an `<id>.manifest.json` beside it. */
export const modelRegistry: readonly Manifest[] = members.map((member) => manifestSchema.parse(member));

export const findModel = (id: string): Manifest | undefined => modelRegistry.find((manifest) => manifest.id === id);
