import { CameraOutlined } from "@ant-design/icons";
import type { ClueDetail, OnSiteCheckView } from "@mingcha/models/http";
import { type OnSitePhotoKind, onSitePhotoKindCodes, onSitePhotoKinds } from "@mingcha/models/on-site";
import { Alert, Image } from "antd";
import { useState } from "react";
import { Panel } from "../../components/page.tsx";
import type { PositionState } from "../../lib/use-position.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { SentPhoto, WaitingPhoto } from "./photo-tile.tsx";
import type { QueuedPhoto } from "./queue/photo-queue.ts";
import { keepTaken, type usePhotoQueue } from "./queue/use-photo-queue.ts";

interface PhotoPanelProps {
  readonly check: OnSiteCheckView;
  readonly clue: ClueDetail;
  readonly waiting: readonly QueuedPhoto[];
  readonly position: PositionState;
  readonly queue: Pick<ReturnType<typeof usePhotoQueue>, "again" | "discard">;
}

/** The camera, and every photo with where it is: on this phone, on its way, or with the server. */
export function PhotoPanel({ check, clue, waiting, position, queue }: PhotoPanelProps) {
  const { t } = useText();
  const inForce = check.photos.filter(({ withdrawn }) => withdrawn === null).length;
  return (
    <Panel
      title={t("onSite.photos")}
      extra={t("onSite.photosOf", { total: inForce + waiting.length, least: check.minPhotos })}
    >
      {check.mayWrite ? <Cameras check={check} clueId={clue.id} position={position} /> : null}
      {inForce + waiting.length === 0 ? <p className="os-soft">{t("onSite.noPhotos")}</p> : null}
      <Image.PreviewGroup>
        <ul className="os-photos">
          {waiting.map((photo) => (
            <WaitingPhoto key={photo.key} photo={photo} timezone={clue.timezone} queue={queue} />
          ))}
          {[...check.photos].reverse().map((photo) => (
            <SentPhoto
              key={photo.id}
              photo={photo}
              clueId={clue.id}
              timezone={clue.timezone}
              mayWithdraw={check.mayWrite}
            />
          ))}
        </ul>
      </Image.PreviewGroup>
    </Panel>
  );
}

interface CamerasProps {
  readonly check: OnSiteCheckView;
  readonly clueId: string;
  readonly position: PositionState;
}

function Cameras({ check, clueId, position }: CamerasProps) {
  const { t, errorText } = useText();
  const person = usePerson();
  const [failed, setFailed] = useState<unknown>(null);
  const take = async (kind: OnSitePhotoKind, files: FileList | null) => {
    setFailed(null);
    for (const file of files ?? [])
      await keepTaken({
        file,
        kind,
        position: position.kind === "known" ? position.position : null,
        personId: person.id,
        clueId,
        checkId: check.id,
      }).catch((error: unknown) => setFailed(error ?? new Error()));
  };
  return (
    <>
      <div className="os-cameras">
        {onSitePhotoKindCodes.map((kind) => (
          <Camera key={kind} kind={kind} onTaken={take} />
        ))}
      </div>
      {failed === null ? null : (
        <Alert
          type="error"
          showIcon
          title={t("onSite.notKept")}
          description={failed instanceof DOMException ? failed.message : errorText(failed)}
        />
      )}
    </>
  );
}

interface CameraProps {
  readonly kind: OnSitePhotoKind;
  readonly onTaken: (kind: OnSitePhotoKind, files: FileList | null) => Promise<void>;
}

/** A label over the file field: the whole of it is the target of a thumb, and the phone opens its own camera. */
function Camera({ kind, onTaken }: CameraProps) {
  const { t, pick } = useText();
  const name = t("onSite.take", { kind: pick(onSitePhotoKinds[kind]).toLowerCase() });
  return (
    <label className={`os-camera os-camera-${kind}`}>
      <CameraOutlined aria-hidden />
      <span>{name}</span>
      <input
        type="file"
        accept="image/*"
        // what was taken before is chosen under "other"; the two that are asked for come straight from the camera
        {...(kind === "other" ? { multiple: true } : { capture: "environment" as const })}
        aria-label={name}
        onChange={(event) => {
          const { target } = event;
          // the list empties with the field
          void onTaken(kind, target.files).finally(() => {
            target.value = "";
          });
        }}
      />
    </label>
  );
}
