import type { Duty } from "@mingcha/models";

/** Who may draw scenes and try them: those who run the sources. */
export const sceneDrawers: readonly Duty[] = ["monitor", "administrator"];
