import type { PointNorm } from "@mingcha/models/scene";
import type { KeyboardEvent, PointerEvent } from "react";
import { useText } from "../../lib/use-text.ts";
import { type Draft, moveCorner, pointOf, removeCorner, setMarks, splitEdge } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

/** One arrow key moves a corner by about a pixel, with Shift by ten. */
const nudge = 1 / 1280;
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface HandleProps {
  readonly at: PointNorm;
  readonly label: string;
  readonly text?: string;
  readonly className?: string;
  readonly onMove: (to: PointNorm, isFirst: boolean) => void;
  readonly onRemove: () => void;
  readonly onSplit?: () => void;
}

/** A corner: dragged, or moved by arrow keys; Delete takes it out, Space puts a new one after it. */
function Handle({ at, label, text, className = "", onMove, onRemove, onSplit }: HandleProps) {
  const pointIn = (event: PointerEvent<HTMLElement>): PointNorm => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (box === undefined) return at;
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const press = (event: KeyboardEvent) => {
    const by = arrows[event.key];
    const step = event.shiftKey ? 10 * nudge : nudge;
    if (by !== undefined) onMove([at[0] + by[0] * step, at[1] + by[1] * step], !event.repeat);
    else if (event.key === "Delete") onRemove();
    else if (event.key === " " && onSplit !== undefined) onSplit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className={`scene-handle ${className}`}
      style={{ left: `${at[0] * 100}%`, top: `${at[1] * 100}%` }}
      aria-label={label}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = "first";
      }}
      onPointerMove={(event) => {
        const { dragging } = event.currentTarget.dataset;
        if (dragging === undefined) return;
        onMove(pointIn(event), dragging === "first");
        event.currentTarget.dataset.dragging = "on";
      }}
      onPointerUp={(event) => {
        delete event.currentTarget.dataset.dragging;
      }}
      onPointerCancel={(event) => {
        delete event.currentTarget.dataset.dragging;
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onRemove();
      }}
      onKeyDown={press}
    >
      {text}
    </button>
  );
}

/** Corners of the chosen zone and its door line, and the marks of the ground while they are set. */
export function Handles({ editor }: { editor: Editor }) {
  const { t } = useText();
  const { draft, zone, zoneIndex, tool } = editor;
  const put = (next: Draft, isFirst: boolean) => (isFirst ? editor.change(next) : editor.amend(next));
  const marks = draft.calibration?.points ?? [];
  const picture = draft.calibration?.pictureSize;
  const setPoints = (points: typeof marks, isFirst: boolean) =>
    picture === undefined ? undefined : put(setMarks(draft, points, picture), isFirst);
  return (
    <>
      {zone === undefined || zoneIndex === null || tool !== "select"
        ? null
        : (["polygon", "line"] as const).flatMap((shape) =>
            (zone[shape] ?? []).map((at, corner) => (
              <Handle
                // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the row
                key={`${shape}-${corner}`}
                at={at}
                className={shape === "line" ? "scene-handle-line" : ""}
                label={t(shape === "line" ? "scenes.lineEnd" : "scenes.corner", { number: corner + 1 })}
                onMove={(to, isFirst) => put(moveCorner(draft, zoneIndex, shape, corner, to), isFirst)}
                onRemove={() => editor.change(removeCorner(draft, zoneIndex, shape, corner))}
                {...(shape === "polygon" ? { onSplit: () => editor.change(splitEdge(draft, zoneIndex, corner)) } : {})}
              />
            )),
          )}
      {tool !== "mark"
        ? null
        : marks.map((mark, nth) => (
            <Handle
              // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the list
              key={nth}
              at={mark.px}
              className="scene-handle-mark"
              text={String(nth + 1)}
              label={t("scenes.markNumber", { number: nth + 1 })}
              onMove={(to, isFirst) =>
                setPoints(
                  marks.map((one, other) => (other === nth ? { ...one, px: pointOf(to) } : one)),
                  isFirst,
                )
              }
              onRemove={() =>
                setPoints(
                  marks.filter((_, other) => other !== nth),
                  true,
                )
              }
            />
          ))}
    </>
  );
}
