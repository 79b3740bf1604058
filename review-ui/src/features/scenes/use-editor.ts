import type { PointNorm } from "@mingcha/models/scene";
import { readScene } from "@mingcha/models/violations";
import { useMemo, useReducer, useState } from "react";
import { addZone, changeZone, type Draft, type Picture, pointOf, setMarks } from "./draft.ts";
import { beginHistory, type History, type HistoryAction, stepHistory } from "./history.ts";

export const tools = ["select", "zone", "line", "mark"] as const;
export type Tool = (typeof tools)[number];

/** Everything the scene editor remembers: the draft with its history, the tool, and the points set so far. */
export function useEditor(first: Draft, picture: Picture) {
  const [history, step] = useReducer(
    (state: History<Draft>, action: HistoryAction<Draft>) => stepHistory(state, action),
    first,
    (value: Draft) => beginHistory(value),
  );
  const [tool, chooseTool] = useState<Tool>("select");
  const [zoneIndex, selectZone] = useState<number | null>(null);
  const [points, setPoints] = useState<readonly PointNorm[]>([]);
  const draft = history.present;
  const read = useMemo(() => readScene(draft), [draft]);

  const change = (value: Draft) => step({ type: "set", value });
  const setTool = (next: Tool) => {
    setPoints([]);
    chooseTool(next);
  };
  /** Ends what is being drawn; too few points make nothing. */
  const finish = () => {
    if (tool === "zone" && points.length >= 3) {
      change(addZone(draft, points, "public_ground"));
      selectZone(draft.zones.length);
    }
    if (tool === "line" && points.length >= 2 && zoneIndex !== null)
      change(changeZone(draft, zoneIndex, { line: points.map(pointOf) }));
    setTool("select");
  };
  /** A press on the picture. */
  const pick = (point: PointNorm) => {
    if (tool === "zone" || tool === "line") setPoints([...points, pointOf(point)]);
    else if (tool === "mark") {
      const marks = draft.calibration?.points ?? [];
      change(setMarks(draft, [...marks, { px: pointOf(point), m: [0, 0] }], picture));
    } else selectZone(null);
  };
  return {
    draft,
    problem: read.kind === "bad" ? read.text : undefined,
    scene: read.kind === "ok" ? read.scene : undefined,
    isChanged: history.past.length > 0,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    tool,
    points,
    zoneIndex,
    zone: zoneIndex === null ? undefined : draft.zones[zoneIndex],
    change,
    /** Begins a drag: one step back undoes all of it. `amend` then moves on without more steps. */
    amend: (value: Draft) => step({ type: "amend", value }),
    load: (value: Draft) => {
      step({ type: "load", value });
      setPoints([]);
      selectZone(null);
    },
    undo: () => step({ type: "undo" }),
    redo: () => step({ type: "redo" }),
    setTool,
    selectZone,
    finish,
    dropLastPoint: () => setPoints(points.slice(0, -1)),
    pick,
  };
}

export type Editor = ReturnType<typeof useEditor>;
