import type { ClueDetail, EvidenceView } from "@mingcha/models/http";
import { type CSSProperties, useState } from "react";
import { pictureUrl } from "../../../api/media.ts";
import { GoneNote } from "../../../components/gone-note.tsx";
import { Stage } from "../../../components/stage/stage.tsx";
import type { Size, Viewport } from "../../../components/stage/viewport.ts";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { isWholeFrame, nearestLook } from "./looks.ts";
import { HiddenBoxes, Overlay } from "./overlay.tsx";
import { useRecordedView } from "./use-recorded-view.ts";

interface PicturePaneProps {
  readonly clue: ClueDetail;
  readonly picture: EvidenceView;
  readonly overlay: boolean;
  readonly grid: boolean;
  readonly view: Viewport;
  readonly onView: (view: Viewport) => void;
  readonly onSize?: (stage: Size) => void;
  /** Beside others at one scale: a close-up lies where it was cut out of the frame. */
  readonly inFrame?: boolean;
}

type Box = NonNullable<EvidenceView["cropNorm"]>;
const percent = (share: number): string => `${share * 100}%`;
/** Where a part of the frame lies on a stage that shows the frame. */
const placeIn = ([x, y, width, height]: Box): CSSProperties => ({
  left: percent(x),
  top: percent(y),
  width: percent(width),
  height: percent(height),
});
/** Where the frame lies on a stage that shows a part of it. */
const placeAround = ([x, y, width, height]: Box): CSSProperties => ({
  left: percent(-x / width),
  top: percent(-y / height),
  width: percent(1 / width),
  height: percent(1 / height),
});

/** One evidence picture on a stage, with what the machine saw drawn over it or the plain original. */
export function PicturePane({ clue, picture, overlay, grid, view, onView, onSize, inFrame = false }: PicturePaneProps) {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  useRecordedView(picture.id);
  const isShown = !failed && !picture.gone;
  const whole = isWholeFrame(picture, clue.clips);
  const crop = whole ? null : picture.cropNorm;
  const isPlaced = whole || crop !== null;
  const look = isPlaced ? nearestLook(clue.looks, picture.clipId, picture.offsetMs) : undefined;
  const kind = t(`item.kind.${picture.kind}`);
  const isCut = inFrame && crop !== null;
  const frame = clue.clips.find(({ id }) => id === picture.clipId) ?? picture;
  const aspect = isCut ? frame.widthPx / frame.heightPx : picture.widthPx / picture.heightPx;
  return (
    <Stage
      aspect={aspect}
      view={view}
      onView={onView}
      onSize={onSize}
      caption={
        <>
          <b>{kind}</b> {formatInstantExact(picture.capturedAt, clue.timezone)}
          {overlay && !inFrame && isShown ? <HiddenBoxes clue={clue} look={look} /> : null}
        </>
      }
    >
      {picture.gone ? (
        <GoneNote gone={picture.gone} timezone={clue.timezone} pictureId={picture.id} />
      ) : failed ? (
        <div className="stage-failed">{t("item.pictureFailed")}</div>
      ) : (
        <img
          className={isCut ? "stage-cut" : "stage-image"}
          style={isCut ? placeIn(crop) : undefined}
          src={pictureUrl(picture.id)}
          alt={kind}
          draggable={false}
          onError={() => setFailed(true)}
        />
      )}
      {overlay && isPlaced && isShown ? (
        <div className="overlay-clip" style={isCut ? placeIn(crop) : undefined}>
          <div className="overlay-frame" style={crop === null ? undefined : placeAround(crop)}>
            <Overlay clue={clue} look={look} grid={grid} labels={!inFrame} />
          </div>
        </div>
      ) : null}
    </Stage>
  );
}
