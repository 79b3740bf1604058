export * from "./due-date.ts";
export * from "./profile.ts";
