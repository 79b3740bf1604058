import type { OnSitePhotoView } from "@mingcha/models/http";
import { onSitePhotoKinds } from "@mingcha/models/on-site";
import { Image } from "antd";
import { onSitePhotoUrl } from "../../api/media.ts";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant, formatInstantExact } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { Badge } from "../badges.tsx";
import { Copyable } from "../copyable.tsx";

/** A camera this far ahead of the server is wrong, or the picture is not of that time. */
const aheadS = 60;

const place = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;

/** A photo of the place with what its file says of itself, set against what the server saw. */
export function PhotoFacts({ photo, timezone }: { photo: OnSitePhotoView; timezone: string }) {
  const { t, pick } = useText();
  const kind = pick(onSitePhotoKinds[photo.kind]);
  return (
    <li className={photo.withdrawn === null ? "" : "onsite-photo-withdrawn"}>
      <Image src={onSitePhotoUrl(photo.id)} alt={kind} width="100%" loading="lazy" />
      <div className="onsite-photo-text">
        <b>
          {kind} · {t("onSite.panel.taken", { name: photo.takenBy })}
        </b>
        {photo.withdrawn === null ? null : (
          <span>
            <Badge tone="bad">{t("onSite.photoState.withdrawn")}</Badge> {photo.withdrawn.reason}
          </span>
        )}
        <small>
          {photo.capturedAt === null
            ? t("onSite.panel.notCaptured")
            : t("onSite.panel.captured", { time: formatInstantExact(photo.capturedAt, timezone) })}
          {photo.capturedBy === "exif_zone_assumed" ? ` (${t("onSite.panel.assumed")})` : ""}
        </small>
        <small>{t("onSite.panel.received", { time: formatInstant(photo.receivedAt, timezone) })}</small>
        <Difference seconds={photo.differenceS} />
        <small>
          {photo.exifPosition ? (
            <>
              {t("onSite.panel.exifPlace")} {place(photo.exifPosition)}
            </>
          ) : photo.position ? (
            <>
              {t("onSite.panel.phonePlace")} {place(photo.position)}
            </>
          ) : (
            t("onSite.panel.noPlace")
          )}
        </small>
        <small>
          {photo.camera} {photo.widthPx}×{photo.heightPx} · {formatBytes(photo.sizeBytes)}
        </small>
        <small>
          SHA-256 <Copyable hash value={photo.sha256} />
        </small>
        <small>
          <a href={onSitePhotoUrl(photo.id, "original")}>{t("onSite.panel.original")}</a>
        </small>
      </div>
    </li>
  );
}

function Difference({ seconds }: { seconds: number | null }) {
  const { t, duration } = useText();
  if (seconds === null) return null;
  return seconds < -aheadS ? (
    <Badge tone="bad">{t("onSite.panel.ahead", { time: duration(-seconds) })}</Badge>
  ) : (
    <small>{t("onSite.panel.later", { time: duration(Math.max(0, seconds)) })}</small>
  );
}
