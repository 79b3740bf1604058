export * from "./cases.ts";
export * from "./clues.ts";
export * from "./common.ts";
export * from "./custody.ts";
export * from "./people.ts";
export * from "./scenes.ts";
export * from "./sources.ts";
export * from "./suppressions.ts";
