import type { GoneView } from "@mingcha/models/http";
import { smallPictureUrl } from "../api/media.ts";
import { formatInstant } from "../lib/format-time.ts";
import { useText } from "../lib/use-text.ts";
import "./gone-note.css";

interface GoneNoteProps {
  readonly gone: GoneView;
  readonly timezone: string;
  /** Evidence id of a picture, of which a small one may be kept. */
  readonly pictureId?: string;
}

/** In the place of imagery that was deleted when its time was over: when, by which certificate, and what is left of it. */
export function GoneNote({ gone, timezone, pictureId }: GoneNoteProps) {
  const { t } = useText();
  return (
    <div className="gone-note">
      <b>{t("retention.gone.title")}</b>
      <span>
        {t("retention.gone.text", {
          day: formatInstant(gone.at, timezone).slice(0, 10),
          number: String(gone.number).padStart(6, "0"),
        })}
      </span>
      {gone.small && pictureId !== undefined ? (
        <img src={smallPictureUrl(pictureId)} alt={t("retention.gone.small")} />
      ) : null}
    </div>
  );
}
