import type { ClueDetail, EvidenceView } from "@mingcha/models/http";
import { useState } from "react";
import { pictureUrl } from "../../../api/media.ts";
import { Stage } from "../../../components/stage/stage.tsx";
import type { Size, Viewport } from "../../../components/stage/viewport.ts";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { isWholeFrame, nearestLook } from "./looks.ts";
import { HiddenBoxes, Overlay } from "./overlay.tsx";

interface PicturePaneProps {
  readonly clue: ClueDetail;
  readonly picture: EvidenceView;
  readonly overlay: boolean;
  readonly view: Viewport;
  readonly onView: (view: Viewport) => void;
  readonly onSize?: (stage: Size) => void;
}

/** One evidence picture on a stage, with what the machine saw drawn over it or the plain original. */
export function PicturePane({ clue, picture, overlay, view, onView, onSize }: PicturePaneProps) {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  const whole = isWholeFrame(picture, clue.clips);
  const look = whole ? nearestLook(clue.looks, picture.clipId, picture.offsetMs) : undefined;
  const kind = t(`item.kind.${picture.kind}`);
  return (
    <Stage
      aspect={picture.widthPx / picture.heightPx}
      view={view}
      onView={onView}
      onSize={onSize}
      caption={
        <>
          <b>{kind}</b> {formatInstantExact(picture.capturedAt, clue.timezone)}
          {overlay && !whole ? <span> · {t("item.noOverlayOnCrop")}</span> : null}
          {overlay ? <HiddenBoxes clue={clue} look={look} /> : null}
        </>
      }
    >
      {failed ? (
        <div className="stage-failed">{t("item.pictureFailed")}</div>
      ) : (
        <img
          className="stage-image"
          src={pictureUrl(picture.id)}
          alt={kind}
          draggable={false}
          onError={() => setFailed(true)}
        />
      )}
      {overlay && whole && !failed ? <Overlay clue={clue} look={look} /> : null}
    </Stage>
  );
}
