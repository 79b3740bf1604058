import type { SceneClipView, TrialFlagView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { stillUrl } from "../../api/media.ts";
import { Stage } from "../../components/stage/stage.tsx";
import { type Viewport, wholePicture } from "../../components/stage/viewport.ts";
import { useText } from "../../lib/use-text.ts";
import { GroundGrid } from "./ground-grid.tsx";
import { Handles } from "./handles.tsx";
import type { Editor } from "./use-editor.ts";

interface CanvasProps {
  readonly editor: Editor;
  readonly clip: SceneClipView;
  readonly offsetMs: number;
  readonly shown: TrialFlagView | null;
  readonly onChoose: (zone: number | null) => void;
}

const path = (points: readonly (readonly number[])[]): string => points.map((point) => point.join(",")).join(" ");

/** A frame with zones, door lines, metre grid and marks over it; what is being drawn is dashed. */
export function Canvas({ editor, clip, offsetMs, shown, onChoose }: CanvasProps) {
  const { t, pick } = useText();
  const [view, setView] = useState<Viewport>(wholePicture);
  const [failed, setFailed] = useState<number | null>(null);
  const { draft, tool, points, zoneIndex } = editor;
  return (
    <Stage
      aspect={clip.widthPx / clip.heightPx}
      view={view}
      onView={setView}
      onPick={editor.pick}
      caption={t(`scenes.caption.${tool}`)}
    >
      {failed === offsetMs ? (
        <div className="stage-failed">
          <p>{t("scenes.stillFailed")}</p>
          <Button size="small" onClick={() => setFailed(null)}>
            {t("action.retry")}
          </Button>
        </div>
      ) : (
        <img
          className="stage-image"
          src={stillUrl(clip.id, offsetMs)}
          alt={t("scenes.still")}
          draggable={false}
          onError={() => setFailed(offsetMs)}
        />
      )}
      <div className={`scene-overlay ${tool === "select" ? "" : "scene-drawing"}`}>
        <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
          <title>{t("scenes.tab.zones")}</title>
          <GroundGrid editor={editor} picture={clip} />
          {draft.zones.map((zone, index) => (
            <g key={zone.id} className={`zone zone-${zone.kind} ${index === zoneIndex ? "zone-chosen" : ""}`}>
              <polygon
                points={path(zone.polygon)}
                onPointerDown={(event) => {
                  if (tool !== "select") return;
                  event.stopPropagation();
                  onChoose(index);
                }}
              />
              {zone.line === undefined ? null : <polyline points={path(zone.line)} />}
            </g>
          ))}
          {points.length === 0 ? null : <polyline className="zone-draft" points={path(points)} />}
          {shown === null ? null : (
            <rect
              className="zone-shown"
              x={shown.boxNorm[0]}
              y={shown.boxNorm[1]}
              width={shown.boxNorm[2]}
              height={shown.boxNorm[3]}
            />
          )}
        </svg>
        {draft.zones.map((zone) => {
          const [x = 0, y = 0] = zone.polygon[0] ?? [];
          return (
            <span key={zone.id} className="zone-label" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}>
              {zone.place ?? zone.id}
            </span>
          );
        })}
        {shown === null ? null : (
          <span
            className="zone-label zone-shown-label"
            style={{ left: `${shown.boxNorm[0] * 100}%`, top: `${shown.boxNorm[1] * 100}%` }}
          >
            {pick(shown.violationTitle)}
          </span>
        )}
        <Handles editor={editor} />
      </div>
    </Stage>
  );
}
