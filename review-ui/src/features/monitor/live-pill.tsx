import { formatClock } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { useLive } from "../../session/live.tsx";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whether this page hears of things as they happen, and since when it does not. */
export function LivePill() {
  const { t } = useText();
  const { isLive, sinceMs } = useLive();
  return (
    <span className={`live-pill ${isLive ? "live-on" : "live-off"}`} role="status">
      <i aria-hidden="true" />
      {isLive
        ? t("monitor.live")
        : sinceMs === null
          ? t("monitor.connecting")
          : t("monitor.notLiveSince", { time: formatClock(sinceMs, zone) })}
    </span>
  );
}
