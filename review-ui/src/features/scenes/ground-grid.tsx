import { fitGround, zoneGrid } from "@mingcha/models/ground";
import { useMemo } from "react";
import type { Draft, Picture } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

/** The ground of a draft: fitted, refused with its reason, or not measured yet. */
export function useGround(draft: Draft, picture: Picture) {
  const marks = draft.calibration?.points;
  return useMemo(
    () => (marks === undefined || marks.length < 4 ? undefined : fitGround(marks, picture)),
    [marks, picture],
  );
}

const whole = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** Lines a metre apart where the marks fix a ground: over the chosen zone, or the whole picture while the ground is measured. */
export function GroundGrid({ editor, picture }: { editor: Editor; picture: Picture }) {
  const ground = useGround(editor.draft, picture);
  const over = editor.tool === "mark" ? whole : editor.zone?.polygon;
  if (ground?.kind !== "ok" || over === undefined || over.length < 3) return null;
  return (
    <g className="ground-grid">
      {zoneGrid(ground.fit, over, 1).lines.map(({ axis, from, to }) => (
        <line key={`${axis}${from.join()}${to.join()}`} x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
      ))}
    </g>
  );
}
