export * from "./dumps.ts";
export * from "./gate.ts";
export * from "./gate-state.ts";
export * from "./pick-ups.ts";
export type { PassageSettings } from "./settings.ts";
export * from "./settle.ts";
export type { PassageLook, PlaceSighting } from "./sighting.ts";
export * from "./stops.ts";
