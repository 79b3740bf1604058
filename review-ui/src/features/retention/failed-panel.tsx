import type { FailedClipView, RetentionView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { FailedDialog } from "./failed-dialog.tsx";

/** Recordings that could not be analysed: each stays until a person has looked at it and said what becomes of it. */
export function FailedPanel({ failed, mayDecide }: { failed: RetentionView["failed"]; mayDecide: boolean }) {
  const { t } = useText();
  const { total, items } = failed;
  return (
    <Panel title={t("retention.failed.title", { total })} extra={t("retention.failed.hint")}>
      <ul className="retention-holds">
        {items.map((clip) => (
          <FailedCard key={clip.clipId} clip={clip} mayDecide={mayDecide} />
        ))}
      </ul>
      {items.length < total ? (
        <p className="retention-more">{t("retention.why.more", { total: items.length })}</p>
      ) : null}
    </Panel>
  );
}

function FailedCard({ clip, mayDecide }: { clip: FailedClipView; mayDecide: boolean }) {
  const { t, pick } = useText();
  const [isDeciding, setDeciding] = useState(false);
  const { duties } = usePerson();
  const mayWatch = duties.some((duty) => duty === "head" || duty === "auditor");
  return (
    <li>
      <div className="retention-hold-head">
        <b>{clip.sourceName}</b>
        <span>{formatInstant(clip.startedAt, clip.timezone)}</span>
        <span className="retention-small">
          {t("retention.failed.length", { seconds: Math.round(clip.durationMs / 1000) })} ·{" "}
          {formatBytes(clip.sizeBytes)}
        </span>
      </div>
      <p>{pick(clip.reason)}</p>
      <p className="retention-small">{clip.fileName}</p>
      <div className="retention-actions">
        {mayWatch ? (
          <Button size="small" href={`/api/clips/${clip.clipId}/media`} target="_blank" rel="noreferrer">
            {t("retention.failed.watch")}
          </Button>
        ) : null}
        {mayDecide ? (
          <Button size="small" onClick={() => setDeciding(true)}>
            {t("retention.failed.decide")}
          </Button>
        ) : null}
      </div>
      {isDeciding ? <FailedDialog clip={clip} onClose={() => setDeciding(false)} /> : null}
    </li>
  );
}
