import { clockMethodText, clockReasons } from "@mingcha/models/device";
import type { ClockView } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

/** How each method of a live source does, and why one gives nothing. */
export function ClockMethods({ view: { methods, timezone } }: { view: ClockView }) {
  const { t, pick } = useText();
  return (
    <ul className="clock-methods">
      {methods.map(({ method, triedAt, reason, since }) => (
        <li key={method}>
          <span>{pick(clockMethodText(method))}</span>
          {triedAt === null ? (
            <span className="device-small">{t("clocks.notTried")}</span>
          ) : (
            <>
              <Badge tone={reason === null ? "good" : reason === "switched_off" ? "plain" : "warn"}>
                {reason === null ? t("clocks.works") : pick(clockReasons[reason])}
              </Badge>
              <span className="device-small">
                {reason === null || since === null
                  ? t("clocks.triedAt", { time: formatInstant(triedAt, timezone) })
                  : t("clocks.failsSince", {
                      since: formatInstant(since, timezone),
                      time: formatInstant(triedAt, timezone),
                    })}
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
