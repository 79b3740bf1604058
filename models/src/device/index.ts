export * from "./clock.ts";
export * from "./compliance.ts";
export * from "./flight.ts";
export * from "./kinds.ts";
export * from "./purpose.ts";
export * from "./suspension.ts";
