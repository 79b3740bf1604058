export * from "./acts.ts";
export * from "./clock.ts";
export * from "./interval.ts";
export * from "./observe.ts";
export * from "./settings.ts";
export * from "./settle.ts";
export * from "./spot.ts";
