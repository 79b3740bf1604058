import { deimv2Femto } from "./deimv2-femto.ts";
import type { ManifestInput } from "./manifest.ts";

export const deimv2Atto = {
  ...deimv2Femto,
  id: "deimv2_hgnetv2_atto_coco",
  title: "DEIMv2 HGNetv2-Atto 320, COCO",
  file: "deimv2_hgnetv2_atto_coco.onnx",
  sha256: "b114aa6610ac7c2bd9b3186ffb001afa872430db957407ef2473f7148d00646e",
  bytes: 2_248_408,
  input: { ...deimv2Femto.input, width: 320, height: 320 },
} as const satisfies ManifestInput;
