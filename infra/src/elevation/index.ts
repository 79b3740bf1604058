export { type ElevationFile, openConfiguredElevation, openElevation } from "./open-elevation.ts";
