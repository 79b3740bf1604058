export * from "./merge-tiles.ts";
export * from "./plan-tiles.ts";
