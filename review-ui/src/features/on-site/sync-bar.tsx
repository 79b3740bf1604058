import { Button } from "antd";
import { useOnline } from "../../lib/use-online.ts";
import { useText } from "../../lib/use-text.ts";
import type { QueuedPhoto } from "./queue/photo-queue.ts";

interface SyncBarProps {
  readonly photos: readonly QueuedPhoto[];
  readonly personId: string;
  readonly onFlush?: () => void;
}

/** Says at any moment whether what was taken has arrived. Silent only when everything has and the network is there. */
export function SyncBar({ photos, personId, onFlush }: SyncBarProps) {
  const { t } = useText();
  const online = useOnline();
  const mine = photos.filter((photo) => photo.personId === personId);
  const waiting = mine.filter(({ state }) => state !== "refused").length;
  const refused = mine.length - waiting;
  const others = photos.length - mine.length;
  const lines = [
    ...(waiting > 0 ? [t(online ? "onSite.sync.sending" : "onSite.sync.offlineWaiting", { total: waiting })] : []),
    ...(waiting === 0 && !online ? [t("onSite.sync.offline")] : []),
    ...(refused > 0 ? [t("onSite.sync.refused", { total: refused })] : []),
    ...(others > 0 ? [t("onSite.sync.others", { total: others })] : []),
  ];
  const tone = refused > 0 ? "bad" : online ? "info" : "warn";
  return (
    <div className={lines.length === 0 ? "os-sync os-sync-quiet" : `os-sync os-sync-${tone}`} role="status">
      <span>{lines.join(" ")}</span>
      {waiting > 0 && online && onFlush ? (
        <Button size="small" onClick={onFlush}>
          {t("onSite.sync.now")}
        </Button>
      ) : null}
    </div>
  );
}
