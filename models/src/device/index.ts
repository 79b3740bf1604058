export * from "./clock.ts";
export * from "./compliance.ts";
export * from "./kinds.ts";
