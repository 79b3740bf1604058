export * from "./cells.ts";
export * from "./crs.ts";
export * from "./distance.ts";
export * from "./distance-to-lines.ts";
export * from "./gcj02.ts";
export * from "./snap-to-register.ts";
export * from "./streets.ts";
