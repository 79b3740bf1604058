export * from "./day-begin.ts";
export * from "./source-condition.ts";
export * from "./union-ms.ts";
