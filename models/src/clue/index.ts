export * from "./checklists.ts";
export * from "./correction-fields.ts";
export * from "./corrections.ts";
export * from "./guards.ts";
export * from "./same-act.ts";
export * from "./states.ts";
export * from "./transitions.ts";
