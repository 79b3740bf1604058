import { BorderOutlined, ColumnWidthOutlined, TableOutlined, ZoomInOutlined } from "@ant-design/icons";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Select, Tooltip } from "antd";
import type { CSSProperties } from "react";
import { pictureUrl, smallPictureUrl } from "../../../api/media.ts";
import { DwellStrip } from "../../../components/dwell-strip.tsx";
import { formatClock } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { ClipPane } from "./clip-pane.tsx";
import { paneGrid, spanOfPicturesS } from "./compared-pictures.ts";
import { PicturePane } from "./picture-pane.tsx";
import type { ViewerState } from "./use-viewer.ts";
import "./viewer.css";

/** Pictures, original clip and dwell strip of one item. */
export function Viewer({ clue, viewer }: { clue: ClueDetail; viewer: ViewerState }) {
  return (
    <div className="viewer">
      <div
        className={`viewer-stages ${viewer.comparing ? "viewer-compare" : ""}`}
        style={
          viewer.comparing
            ? ({ "--compare-columns": paneGrid(viewer.compared.length).columns } as CSSProperties)
            : undefined
        }
      >
        <Stages clue={clue} viewer={viewer} />
      </div>
      <Strip clue={clue} viewer={viewer} />
      <div className="viewer-dwell">
        <DwellStrip
          size="large"
          from={clue.from}
          to={clue.to}
          timezone={clue.timezone}
          intervals={clue.intervals}
          cursorMs={viewer.cursorMs}
          marks={viewer.pictures.map((item) => Date.parse(item.capturedAt))}
          onSeek={viewer.openClipAt}
        />
      </div>
    </div>
  );
}

function Stages({ clue, viewer }: { clue: ClueDetail; viewer: ViewerState }) {
  const { t } = useText();
  const shared = { clue, overlay: viewer.overlay, grid: viewer.grid, view: viewer.view, onView: viewer.setView };
  if (viewer.comparing) {
    const { columns, rows } = paneGrid(viewer.compared.length);
    return (
      <>
        {viewer.compared.map((picture) => (
          <PicturePane key={picture.id} picture={picture} onSize={viewer.setStage} inFrame {...shared} />
        ))}
        {columns * rows > viewer.compared.length ? <CompareLegend clue={clue} viewer={viewer} /> : null}
      </>
    );
  }
  if (viewer.picture)
    return <PicturePane key={viewer.picture.id} picture={viewer.picture} onSize={viewer.setStage} {...shared} />;
  if (viewer.clip && viewer.selection?.kind === "clip") {
    return (
      <div className="viewer-clip" key={viewer.clip.id}>
        <ClipPane
          clip={viewer.clip}
          startMs={viewer.selection.startMs}
          onInstant={viewer.setInstantMs}
          onEnded={viewer.playNextClip}
          controls={viewer.controls}
          {...shared}
        />
      </div>
    );
  }
  return <div className="stage stage-empty">{t("item.noMedia")}</div>;
}

/** In the place that is left over: what the pictures are, how far apart in time, and what the picture rules say. */
function CompareLegend({ clue, viewer }: { clue: ClueDetail; viewer: ViewerState }) {
  const { t, pick } = useText();
  return (
    <div className="compare-legend">
      <p>{t("corrections.ground.legend", { seconds: spanOfPicturesS(viewer.compared).toFixed(1) })}</p>
      <ul>
        {viewer.compared.map((item) => (
          <li key={item.id}>
            <b>{t(`item.kind.${item.kind}`)}</b> {formatClock(item.capturedAt, clue.timezone)}
          </li>
        ))}
      </ul>
      <ul>
        {clue.pictureRules.map((rule) => (
          <li key={rule.id}>
            {rule.passed === null ? "?" : rule.passed ? "✓" : "✕"} {pick(rule.text)} {rule.value}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Strip({ clue, viewer }: { clue: ClueDetail; viewer: ViewerState }) {
  const { t } = useText();
  const [firstClip] = clue.clips;
  return (
    <div className="strip">
      <div className="strip-tiles">
        {viewer.pictures.map((picture) => (
          <button
            key={picture.id}
            type="button"
            className={`strip-tile ${!viewer.comparing && viewer.selection?.id === picture.id ? "strip-current" : ""} ${viewer.comparing && viewer.compared.includes(picture) ? "strip-compared" : ""}`}
            onClick={() => {
              if (viewer.comparing) viewer.toggleCompare();
              viewer.select({ kind: "picture", id: picture.id });
            }}
          >
            {picture.gone && !picture.gone.small ? null : (
              <img
                src={picture.gone ? smallPictureUrl(picture.id) : pictureUrl(picture.id)}
                alt=""
                loading="lazy"
                decoding="async"
              />
            )}
            <span className="strip-name">{t(`item.kind.${picture.kind}`)}</span>
            <span className="strip-time">{formatClock(picture.capturedAt, clue.timezone)}</span>
          </button>
        ))}
        {firstClip ? (
          <button
            type="button"
            className={`strip-tile strip-clip ${viewer.clip ? "strip-current" : ""}`}
            onClick={viewer.toggleClip}
          >
            <span className="strip-play">▶</span>
            <span className="strip-name">{t("item.originalClip")}</span>
            {clue.clips.length > 1 ? <span className="strip-time">×{clue.clips.length}</span> : null}
          </button>
        ) : null}
      </div>
      <div className="strip-tools">
        {viewer.clip && clue.clips.length > 1 ? (
          <Select
            size="small"
            className="strip-clips"
            value={viewer.clip.id}
            aria-label={t("item.chooseClip")}
            options={clue.clips.map((clip) => ({ value: clip.id, label: formatClock(clip.startedAt, clue.timezone) }))}
            onChange={(id) => viewer.select({ kind: "clip", id, startMs: 0 })}
          />
        ) : null}
        <Tooltip title={`${viewer.overlay ? t("item.showOriginal") : t("item.showOverlay")} (O)`}>
          <Button
            size="small"
            type={viewer.overlay ? "primary" : "default"}
            aria-pressed={viewer.overlay}
            icon={<BorderOutlined />}
            onClick={viewer.toggleOverlay}
          >
            {viewer.overlay ? t("item.overlay") : t("item.original")}
          </Button>
        </Tooltip>
        {clue.ground && clue.ground.grid.lines.length > 0 ? (
          <Tooltip title={`${t("corrections.ground.gridHint", { step: clue.ground.grid.stepM })} (G)`}>
            <Button
              size="small"
              type={viewer.grid && viewer.overlay ? "primary" : "default"}
              aria-pressed={viewer.grid && viewer.overlay}
              icon={<TableOutlined />}
              onClick={viewer.toggleGrid}
            >
              {t("corrections.ground.grid")}
            </Button>
          </Tooltip>
        ) : null}
        <Tooltip title={`${t("item.compareHint")} (C)`}>
          <Button
            size="small"
            type={viewer.comparing ? "primary" : "default"}
            aria-pressed={viewer.comparing}
            disabled={viewer.compared.length < 2}
            icon={<ColumnWidthOutlined />}
            onClick={viewer.toggleCompare}
          >
            {t("item.compare")}
          </Button>
        </Tooltip>
        <Tooltip title={`${t("item.zoomHint")} (Z)`}>
          <Button
            size="small"
            type={viewer.view.zoom > 1 ? "primary" : "default"}
            icon={<ZoomInOutlined />}
            onClick={viewer.toggleZoom}
          >
            {viewer.view.zoom.toFixed(1)}×
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}
