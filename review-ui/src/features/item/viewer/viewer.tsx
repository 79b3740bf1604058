import { BorderOutlined, ColumnWidthOutlined, ZoomInOutlined } from "@ant-design/icons";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Select, Tooltip } from "antd";
import { pictureUrl } from "../../../api/media.ts";
import { DwellStrip } from "../../../components/dwell-strip.tsx";
import { formatClock } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { ClipPane } from "./clip-pane.tsx";
import { PicturePane } from "./picture-pane.tsx";
import type { ViewerState } from "./use-viewer.ts";
import "./viewer.css";

/** Pictures, original clip and dwell strip of one item. */
export function Viewer({ clue, viewer }: { clue: ClueDetail; viewer: ViewerState }) {
  return (
    <div className="viewer">
      <div className={`viewer-stages ${viewer.comparing ? "viewer-compare" : ""}`}>
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
  const shared = { clue, overlay: viewer.overlay, view: viewer.view, onView: viewer.setView };
  if (viewer.comparing) {
    return viewer.compared.map((picture) => (
      <PicturePane key={picture.id} picture={picture} onSize={viewer.setStage} {...shared} />
    ));
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
            <img src={pictureUrl(picture.id)} alt="" loading="lazy" decoding="async" />
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
