import type { RetentionView } from "@mingcha/models/http";
import { Nothing, Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useText } from "../../lib/use-text.ts";

interface DuePanelProps {
  readonly due: RetentionView["due"];
  readonly dueNow: RetentionView["held"]["dueNow"];
}

/** Recordings whose shortest term ends in the next days, a bar each day. */
export function DuePanel({ due, dueNow }: DuePanelProps) {
  const { t } = useText();
  const most = Math.max(1, ...due.map(({ bytes }) => bytes));
  return (
    <Panel title={t("retention.due.title")} extra={t("retention.due.hint")}>
      {dueNow.items > 0 ? (
        <p className="retention-small">
          {t("retention.due.now", { total: dueNow.items, size: formatBytes(dueNow.bytes) })}
        </p>
      ) : null}
      {due.length === 0 ? <Nothing>{t("retention.due.none")}</Nothing> : null}
      <ul className="retention-days">
        {due.map(({ day, items, bytes }) => (
          <li key={day}>
            <span className="retention-day">{day}</span>
            <span className="retention-bar" aria-hidden="true">
              <i style={{ width: `${(bytes / most) * 100}%` }} />
            </span>
            <span>{t("retention.due.row", { total: items, size: formatBytes(bytes) })}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
