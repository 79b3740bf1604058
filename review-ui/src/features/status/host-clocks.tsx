import { hostClockReasons } from "@mingcha/models/device";
import type { HostClockView } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const tones = { ok: "good", over: "bad", unknown: "warn" } as const;
/** Machines stand where the bureau is; times of the page are in one zone. */
const timezone = "Asia/Shanghai";
const signed = (ms: number): string => `${ms > 0 ? "+" : ""}${ms.toFixed(1)}`;

/** The clocks of the machines that compare cameras' clocks: what is wrong here makes every comparison wrong. */
export function HostClocks({ clocks }: { clocks: readonly HostClockView[] }) {
  const { t, pick } = useText();
  return (
    <Panel title={t("clocks.hosts")}>
      <p className="status-ago status-hint">{clocks.length === 0 ? t("clocks.noHosts") : t("clocks.hostsHint")}</p>
      <ul className="status-hosts">
        {clocks.map(({ machine, condition, aheadMs, uncertaintyMs, measuredAt, server, reason }) => (
          <li key={machine}>
            <b>{machine}</b>
            <Badge tone={tones[condition]}>{t(`clocks.hostCondition.${condition}`)}</Badge>
            {aheadMs === null || uncertaintyMs === null ? null : (
              <span>{t("clocks.hostValue", { value: signed(aheadMs), uncertainty: uncertaintyMs.toFixed(1) })}</span>
            )}
            {measuredAt === null || server === null ? null : (
              <small className="status-ago">
                {t("clocks.hostMeasured", { server, time: formatInstant(measuredAt, timezone) })}
              </small>
            )}
            {reason === null ? null : <small className="status-ago">{pick(hostClockReasons[reason])}</small>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
