export * from "./checklists.ts";
export * from "./guards.ts";
export * from "./same-act.ts";
export * from "./states.ts";
export * from "./step-up.ts";
export * from "./transitions.ts";
