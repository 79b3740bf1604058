export * from "./check-term.ts";
export * from "./is-alike.ts";
export * from "./match-suppression.ts";
export * from "./offer-key.ts";
export * from "./offer-suppressions.ts";
export * from "./settings.ts";
