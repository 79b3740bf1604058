export * from "./checklists.ts";
export * from "./guards.ts";
export * from "./merged.ts";
export * from "./reasons.ts";
export * from "./same-act.ts";
export * from "./second-look.ts";
export * from "./states.ts";
export * from "./transitions.ts";
