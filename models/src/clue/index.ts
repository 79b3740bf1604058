export * from "./checklists.ts";
export * from "./guards.ts";
export * from "./states.ts";
