export * from "./classes.ts";
export * from "./disk.ts";
export * from "./duties.ts";
export * from "./holds.ts";
export * from "./retention-of.ts";
