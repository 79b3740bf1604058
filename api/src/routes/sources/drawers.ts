import type { Duty } from "@mingcha/models";

/** Who may try drafts: those who run the sources and may see their pictures. An administrator registers a scene as a file, unseen. */
export const sceneDrawers: readonly Duty[] = ["monitor"];
