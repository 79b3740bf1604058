export * from "./address.ts";
export * from "./backoff.ts";
export * from "./clock.ts";
export * from "./kinds.ts";
export * from "./reasons.ts";
export * from "./share.ts";
export * from "./states.ts";
