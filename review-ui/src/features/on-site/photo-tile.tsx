import type { OnSitePhotoView } from "@mingcha/models/http";
import { onSitePhotoKinds } from "@mingcha/models/on-site";
import { Button, Image } from "antd";
import { useEffect, useState } from "react";
import { onSitePhotoUrl } from "../../api/media.ts";
import { useWithdrawPhoto } from "../../api/on-site.ts";
import { Badge } from "../../components/badges.tsx";
import { formatClock } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { AskReason } from "./ask-reason.tsx";
import type { QueuedPhoto } from "./queue/photo-queue.ts";
import type { usePhotoQueue } from "./queue/use-photo-queue.ts";

interface WaitingPhotoProps {
  readonly photo: QueuedPhoto;
  readonly timezone: string;
  readonly queue: Pick<ReturnType<typeof usePhotoQueue>, "again" | "discard">;
}

/** A photo that only this phone has. */
export function WaitingPhoto({ photo, timezone, queue }: WaitingPhotoProps) {
  const { t, pick } = useText();
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([photo.bytes], { type: photo.mediaType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [photo.bytes, photo.mediaType]);
  const kind = pick(onSitePhotoKinds[photo.kind]);
  return (
    <li className={`os-photo os-photo-${photo.state}`}>
      {url === "" ? null : <img src={url} alt={kind} />}
      <span className="os-photo-text">
        {kind} {formatClock(photo.takenAt, timezone)}
        <Badge tone={photo.state === "refused" ? "bad" : "warn"}>{t(`onSite.photoState.${photo.state}`)}</Badge>
      </span>
      {photo.refused === null ? null : (
        <>
          <span className="os-bad">{pick(photo.refused)}</span>
          <span className="os-photo-tools">
            <Button size="small" onClick={() => void queue.again(photo.key)}>
              {t("action.retry")}
            </Button>
            <Button size="small" danger onClick={() => void queue.discard(photo.key)}>
              {t("onSite.discard")}
            </Button>
          </span>
        </>
      )}
    </li>
  );
}

interface SentPhotoProps {
  readonly photo: OnSitePhotoView;
  readonly clueId: string;
  readonly timezone: string;
  readonly mayWithdraw: boolean;
}

/** A photo that the server has. It cannot be removed, only withdrawn with a reason. */
export function SentPhoto({ photo, clueId, timezone, mayWithdraw }: SentPhotoProps) {
  const { t, pick } = useText();
  const withdraw = useWithdrawPhoto(clueId);
  const [asking, setAsking] = useState(false);
  const kind = pick(onSitePhotoKinds[photo.kind]);
  const when = photo.capturedAt ?? photo.takenAt ?? photo.receivedAt;
  return (
    <li className={`os-photo ${photo.withdrawn === null ? "" : "os-photo-withdrawn"}`}>
      <Image src={onSitePhotoUrl(photo.id)} alt={kind} loading="lazy" />
      <span className="os-photo-text">
        {kind} {formatClock(when, timezone)}
        {photo.withdrawn === null ? (
          <Badge tone="good">{t("onSite.photoState.sent")}</Badge>
        ) : (
          <Badge tone="bad" title={photo.withdrawn.reason}>
            {t("onSite.photoState.withdrawn")}
          </Badge>
        )}
      </span>
      {mayWithdraw && photo.withdrawn === null ? (
        <Button size="small" type="text" onClick={() => setAsking(true)}>
          {t("onSite.withdrawPhoto")}
        </Button>
      ) : null}
      <AskReason
        open={asking}
        title={t("onSite.withdrawPhoto")}
        hint={t("onSite.withdrawPhotoHint")}
        busy={withdraw.isPending}
        error={withdraw.error}
        onCancel={() => setAsking(false)}
        onReason={(reason) => withdraw.mutate({ photoId: photo.id, reason }, { onSuccess: () => setAsking(false) })}
      />
    </li>
  );
}
