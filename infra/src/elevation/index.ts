export { type ElevationFile, openConfiguredElevation } from "./open-elevation.ts";
