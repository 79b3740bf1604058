export * from "./actions.ts";
