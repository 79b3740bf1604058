import { CaretRightOutlined, PauseOutlined, StepBackwardOutlined, StepForwardOutlined } from "@ant-design/icons";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Select } from "antd";
import { type Ref, useEffect, useImperativeHandle, useState } from "react";
import { clipUrl } from "../../../api/media.ts";
import { GoneNote } from "../../../components/gone-note.tsx";
import { Stage } from "../../../components/stage/stage.tsx";
import type { Viewport } from "../../../components/stage/viewport.ts";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { type ClipView, isStill, nearestLook } from "./looks.ts";
import { HiddenBoxes, Overlay } from "./overlay.tsx";
import { playbackRates, usePlayer } from "./use-player.ts";

export interface ClipControls {
  readonly toggle: () => void;
  readonly step: (frames: number) => void;
  readonly seek: (offsetMs: number) => void;
}

interface ClipPaneProps {
  readonly clue: ClueDetail;
  readonly clip: ClipView;
  readonly startMs: number;
  readonly overlay: boolean;
  readonly grid: boolean;
  readonly view: Viewport;
  readonly onView: (view: Viewport) => void;
  readonly onInstant: (instantMs: number) => void;
  readonly onEnded: () => void;
  readonly controls: Ref<ClipControls>;
}

/** Plays the original bytes, as they arrived; the boxes over it are those of the nearest analysed look. */
export function ClipPane(props: ClipPaneProps) {
  const { clue, clip, overlay, view, onView, onInstant, onEnded } = props;
  const { t } = useText();
  const player = usePlayer(props.startMs);
  const [failed, setFailed] = useState(false);
  const still = isStill(clip);
  const instantMs = Date.parse(clip.startedAt) + player.timeMs;
  const look = nearestLook(clue.looks, clip.id, player.timeMs);
  useImperativeHandle(props.controls, () => ({ toggle: player.toggle, step: player.step, seek: player.seek }));
  useEffect(() => onInstant(instantMs), [instantMs, onInstant]);

  return (
    <>
      <Stage
        aspect={clip.widthPx / clip.heightPx}
        view={view}
        onView={onView}
        caption={
          <>
            <b>{t("item.originalClip")}</b> {formatInstantExact(instantMs, clue.timezone)}
            {overlay && look ? (
              <span> · {t("item.lookOffset", { seconds: ((look.offsetMs - player.timeMs) / 1000).toFixed(2) })}</span>
            ) : null}
            {overlay && !clip.gone ? <HiddenBoxes clue={clue} look={look} /> : null}
          </>
        }
      >
        {clip.gone ? (
          <GoneNote gone={clip.gone} timezone={clue.timezone} />
        ) : failed ? (
          <div className="stage-failed">
            {t("item.clipFailed", { codec: clip.codec })}{" "}
            <a href={clipUrl(clip.id)} download={clip.fileName}>
              {t("action.download")}
            </a>
          </div>
        ) : still ? (
          <img
            className="stage-image"
            src={clipUrl(clip.id)}
            alt={clip.fileName}
            draggable={false}
            onError={() => setFailed(true)}
          />
        ) : (
          <video
            ref={player.attach}
            className="stage-image"
            src={clipUrl(clip.id)}
            preload="auto"
            playsInline
            muted
            onError={() => setFailed(true)}
            onEnded={onEnded}
          />
        )}
        {overlay && !failed && !clip.gone ? <Overlay clue={clue} look={look} grid={props.grid} /> : null}
      </Stage>
      {still || clip.gone ? null : (
        <div className="player-bar">
          <Button
            size="small"
            icon={<StepBackwardOutlined />}
            title={t("item.frameBack")}
            aria-label={t("item.frameBack")}
            onClick={() => player.step(-1)}
          />
          <Button
            size="small"
            type="primary"
            icon={player.playing ? <PauseOutlined /> : <CaretRightOutlined />}
            aria-label={t("item.play")}
            onClick={player.toggle}
          />
          <Button
            size="small"
            icon={<StepForwardOutlined />}
            title={t("item.frameForward")}
            aria-label={t("item.frameForward")}
            onClick={() => player.step(1)}
          />
          <input
            className="player-scrub"
            type="range"
            min={0}
            max={Math.max(1, clip.durationMs)}
            step={1}
            value={Math.min(player.timeMs, clip.durationMs)}
            aria-label={t("item.scrub")}
            onChange={(event) => player.seek(Number(event.target.value))}
          />
          <span className="player-time">
            {(player.timeMs / 1000).toFixed(2)} / {(clip.durationMs / 1000).toFixed(1)} s
          </span>
          <Select
            size="small"
            className="player-rate"
            value={player.rate}
            aria-label={t("item.rate")}
            options={playbackRates.map((rate) => ({ value: rate, label: `${rate}×` }))}
            onChange={player.setRate}
          />
        </div>
      )}
    </>
  );
}
