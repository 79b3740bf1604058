export * from "./content.ts";
export * from "./distance.ts";
export * from "./findings.ts";
export * from "./gaps.ts";
export * from "./states.ts";
