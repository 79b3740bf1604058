export * from "./crs.ts";
export * from "./distance.ts";
export * from "./gcj02.ts";
export * from "./streets.ts";
