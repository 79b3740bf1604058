export { cocoLabels, cocoRoles } from "./coco.ts";
export * from "./decode-detr.ts";
export * from "./decode-yolox.ts";
export * from "./decoded-box.ts";
export * from "./manifest.ts";
export * from "./placement.ts";
export * from "./registry.ts";
export * from "./suppress-duplicates.ts";
