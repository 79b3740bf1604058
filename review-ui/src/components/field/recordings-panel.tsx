import { fieldTargetKinds } from "@mingcha/models/field";
import { Link } from "react-router";
import { useClueRecordings } from "../../api/field.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { Badge } from "../badges.tsx";
import { Panel } from "../page.tsx";
import "./recordings-panel.css";

/** Field recordings of the steps of a record, and how many wait for a person; nothing where there are neither. */
export function RecordingsPanel({ clueId, version }: { clueId: string; version: number }) {
  const { t, pick, duration } = useText();
  const found = useClueRecordings(clueId, version);
  if (found.data === undefined || (found.data.items.length === 0 && found.data.waiting.length === 0)) return null;
  const { items, waiting } = found.data;
  const [first] = waiting;
  return (
    <Panel
      title={t("field.panel")}
      extra={
        first === undefined ? null : (
          <Link to={`/field-recordings?clip=${first.clipId}`}>
            {t("field.panelWaiting", { count: waiting.length })}
          </Link>
        )
      }
    >
      {items.length === 0 ? <p className="recordings-none">{t("field.panelNone")}</p> : null}
      <ul className="recordings">
        {items.map((item) => (
          <li key={`${item.clipId} ${item.stepId}`}>
            <span>
              <Badge tone="good">{pick(fieldTargetKinds[item.kind])}</Badge>{" "}
              <Link to={`/field-recordings?state=MATCHED&clip=${item.clipId}`}>{item.sourceName}</Link>{" "}
              {item.isGone ? <Badge>{t("field.gone")}</Badge> : null}
            </span>
            <span>
              {formatInstant(item.startedAt, item.timezone)} · {duration(item.durationMs / 1_000)}
              {item.carriers.length === 0 ? "" : ` · ${item.carriers.join("、")}`}
            </span>
            <small>
              {t("field.panelBy", { name: item.by, at: formatInstant(item.at, item.timezone) })}
              {item.reason === null ? "" : ` · ${item.reason}`}
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
