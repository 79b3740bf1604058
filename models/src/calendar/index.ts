export * from "./active-window.ts";
export * from "./day-fact.ts";
export * from "./local-time.ts";
export * from "./schema.ts";
export * from "./windows.ts";
