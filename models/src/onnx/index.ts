export { cocoLabels, cocoRoles } from "./coco.ts";
export * from "./decode-outputs.ts";
export * from "./decoded-box.ts";
export * from "./manifest.ts";
export { isNeutral, type ModelInput } from "./manifest-input.ts";
export * from "./model-text.ts";
export * from "./placement.ts";
export * from "./registry.ts";
export { wantedOutputs } from "./wanted-outputs.ts";
