export * from "./candidate.ts";
export * from "./carriers.ts";
export * from "./decisions.ts";
export * from "./duties.ts";
export * from "./match.ts";
export * from "./place-look.ts";
export * from "./runs.ts";
export * from "./settings.ts";
export type { FieldReason, TimeFit } from "./weigh.ts";
