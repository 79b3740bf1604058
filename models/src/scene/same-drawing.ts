import type { Scene } from "./scene.ts";

/** Outlines and door lines, whatever they are called and mean. */
const shapesOf = ({ zones }: Pick<Scene, "zones">): string =>
  zones
    .map(({ polygon, line }) => JSON.stringify([polygon, line ?? null]))
    .sort()
    .join("\n");

/** Whether two versions of a scene are one drawing: the same outlines and door lines, so drawn on the same view; rules, names and hours may differ. */
export const isSameDrawing = (a: Pick<Scene, "zones">, b: Pick<Scene, "zones">): boolean => shapesOf(a) === shapesOf(b);
