import type { FlightGround } from "@mingcha/models/http";
import { useState } from "react";
import { stillUrl } from "../../api/media.ts";
import { useText } from "../../lib/use-text.ts";

/** A moment of a recording, and a thing's box in it where one is in hand. */
export interface Shown {
  readonly clipId: string;
  readonly offsetMs: number;
  readonly boxNorm: FlightGround["flags"][number]["boxNorm"] | null;
}

const widthPx = 1_280;

/** The picture in hand, large; a flagged thing's box is drawn over it by the browser. */
export function FlightPicture({ shown, label }: { shown: Shown; label: string }) {
  const { t } = useText();
  const src = stillUrl(shown.clipId, shown.offsetMs, widthPx);
  const [failed, setFailed] = useState<string | null>(null);
  if (failed === src) return <p className="ground-soft">{t("item.pictureFailed")}</p>;
  const { boxNorm } = shown;
  return (
    <div className="ground-picture">
      <img src={src} alt={label} decoding="async" draggable={false} onError={() => setFailed(src)} />
      {boxNorm === null ? null : (
        <span
          className="ground-box"
          style={{
            left: `${boxNorm[0] * 100}%`,
            top: `${boxNorm[1] * 100}%`,
            width: `${boxNorm[2] * 100}%`,
            height: `${boxNorm[3] * 100}%`,
          }}
        />
      )}
    </div>
  );
}
