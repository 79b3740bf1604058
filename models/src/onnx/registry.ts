import { deimv2Atto } from "./deimv2-atto.ts";
import { deimv2Femto } from "./deimv2-femto.ts";
import { type Manifest, type ManifestInput, manifestSchema } from "./manifest.ts";
import { nanodetM } from "./nanodet-m.ts";
import { ssdMobilenetV1 } from "./ssd-mobilenet-v1.ts";
import { starter } from "./starter.ts";
import { yoloxS, yoloxTiny } from "./yolox-larger.ts";
import { yoloxNano } from "./yolox-nano.ts";

const members: readonly ManifestInput[] = [
  starter,
  deimv2Femto,
  deimv2Atto,
  yoloxNano,
  yoloxTiny,
  yoloxS,
  nanodetM,
  ssdMobilenetV1,
];

/** Every model the product knows by name. A folder of models may hold more, each with an `<id>.manifest.json` beside it. */
export const modelRegistry: readonly Manifest[] = members.map((member) => manifestSchema.parse(member));

export const findModel = (id: string): Manifest | undefined => modelRegistry.find((manifest) => manifest.id === id);
