import type { DiskView } from "@mingcha/models/http";
import { Alert } from "antd";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useText } from "../../lib/use-text.ts";

/** How much room is left, how long it lasts, and what is refused where it is little. */
export function DiskNote({ disk }: { disk: DiskView | null }) {
  const { t } = useText();
  if (disk === null)
    return <p className="retention-disk">{`${t("retention.disk.title")}: ${t("retention.disk.unknown")}`}</p>;
  const free = formatBytes(disk.freeBytes);
  const days = disk.daysLeft === null ? null : Math.floor(disk.daysLeft);
  switch (disk.level) {
    case "ok":
      return (
        <p className="retention-disk">
          <b>{t("retention.disk.title")}</b>{" "}
          {days === null ? t("retention.disk.ok", { free }) : t("retention.disk.okDays", { free, days })}
        </p>
      );
    case "forecast":
      return (
        <Alert
          className="retention-alert"
          type="warning"
          showIcon
          title={t("retention.disk.forecast", { free, days: days ?? "?", pace: formatBytes(disk.bytesPerDay ?? 0) })}
        />
      );
    case "low":
      return (
        <Alert
          className="retention-alert"
          type="warning"
          showIcon
          title={t("retention.disk.low", { free, mark: formatBytes(disk.lowFreeBytes) })}
        />
      );
    case "full":
      return (
        <Alert
          className="retention-alert"
          type="error"
          showIcon
          title={t("retention.disk.full", { free, mark: formatBytes(disk.minFreeBytes) })}
        />
      );
  }
}
