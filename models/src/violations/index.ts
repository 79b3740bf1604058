export * from "./check-scene.ts";
export * from "./define.ts";
export * from "./evaluate-scene.ts";
export * from "./judge-act.ts";
export * from "./pick-candidates.ts";
export * from "./registry.ts";
export * from "./resolve-rule.ts";
export * from "./trace-text.ts";
