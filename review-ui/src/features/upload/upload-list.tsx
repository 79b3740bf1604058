import { Button, Progress } from "antd";
import { Badge } from "../../components/badges.tsx";
import { Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useText } from "../../lib/use-text.ts";
import { useUploads } from "./upload-provider.tsx";
import type { UploadEntry, UploadStore } from "./upload-store.ts";

/** Progress of the files of this visit, each and together. */
export function UploadList() {
  const { t } = useText();
  const { store, entries } = useUploads();
  if (entries.length === 0) return null;
  const total = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const sent = entries.reduce((sum, entry) => sum + entry.sentBytes, 0);
  const speed = entries.find((entry) => entry.state === "sending")?.bytesPerS ?? 0;
  const done = entries.filter((entry) => entry.state === "done").length;
  return (
    <Panel
      title={t("upload.sending", { done, total: entries.length })}
      extra={
        <>
          {formatBytes(sent)} / {formatBytes(total)} {speed > 0 ? `· ${formatBytes(speed)}/s` : ""}{" "}
          {done > 0 ? (
            <Button size="small" type="link" onClick={store.clearDone}>
              {t("upload.clearDone")}
            </Button>
          ) : null}
        </>
      }
    >
      <Progress percent={total === 0 ? 0 : Math.floor((sent / total) * 100)} size="small" />
      <ul className="uploads">
        {entries.map((entry) => (
          <UploadRow key={entry.key} entry={entry} store={store} />
        ))}
      </ul>
    </Panel>
  );
}

function UploadRow({ entry, store }: { entry: UploadEntry; store: UploadStore }) {
  const { t, pick } = useText();
  const percent = Math.floor((entry.sentBytes / entry.sizeBytes) * 100);
  return (
    <li className="upload-row">
      <span className="upload-name">
        {entry.name} {entry.drone ? <Badge tone="info">{t("upload.droneFlight")}</Badge> : null}
        {entry.resumed ? <Badge>{t("upload.resumed")}</Badge> : null}
      </span>
      <span className="upload-size">{formatBytes(entry.sizeBytes)}</span>
      <Progress
        className="upload-progress"
        percent={percent}
        size="small"
        status={entry.state === "failed" ? "exception" : entry.state === "done" ? "success" : "normal"}
      />
      <span className="upload-state">{t(`upload.state.${entry.state}`)}</span>
      <span className="upload-action">
        {entry.state === "sending" || entry.state === "waiting" ? (
          <Button size="small" onClick={() => store.pause(entry.key)}>
            {t("upload.pause")}
          </Button>
        ) : null}
        {entry.state === "paused" || entry.state === "failed" ? (
          <Button size="small" onClick={() => store.resume(entry.key)}>
            {entry.state === "paused" ? t("upload.resume") : t("action.retry")}
          </Button>
        ) : null}
      </span>
      {entry.state === "failed" ? (
        <span className="upload-error">{entry.error ? pick(entry.error) : t("error.offline")}</span>
      ) : null}
    </li>
  );
}
