import type { StreamView } from "@mingcha/models/http";
import { dropCauses, streamReasons, streamStates } from "@mingcha/models/streams";
import { useStream } from "../../api/streams.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { StreamForm } from "./stream-form.tsx";
import "./streams.css";

const tones = {
  off: "plain",
  waiting: "plain",
  connecting: "info",
  live: "good",
  blind: "bad",
  refused: "bad",
} as const;
const gapsShown = 12;

/** The live connection of a source: whether pictures come, since when, why not, and what was missed. */
export function StreamPanel({ sourceId, timezone }: { sourceId: string; timezone: string }) {
  const { t } = useText();
  const { duties } = usePerson();
  const stream = useStream(sourceId);
  const mayChange = duties.includes("administrator");
  if (stream.data === undefined)
    return stream.isError ? (
      <Panel title={t("streams.title")}>
        <ErrorPanel error={stream.error} onRetry={() => void stream.refetch()} />
      </Panel>
    ) : null;
  const { data } = stream;
  if (data.stream === null && !mayChange) return null;
  return (
    <Panel title={t("streams.title")}>
      {data.stream === null ? (
        <p className="device-hint">{t("streams.none")}</p>
      ) : (
        <StandingLines view={data} timezone={timezone} />
      )}
      {data.dropped.length > 0 || data.gaps.length > 0 ? <Missed view={data} timezone={timezone} /> : null}
      {mayChange ? <StreamForm key={data.stream?.version ?? 0} view={data} /> : null}
    </Panel>
  );
}

interface PartProps {
  readonly view: StreamView;
  readonly timezone: string;
}

function StandingLines({ view: { standing }, timezone }: PartProps) {
  const { t, pick } = useText();
  if (standing === null) return <p className="device-hint">{t("streams.notTaken")}</p>;
  const { state, since, reason, attempts, nextTryAt, lastPacketAt, clips, bytes } = standing;
  return (
    <div className="stream-standing">
      <p>
        <Badge tone={tones[state]}>{pick(streamStates[state])}</Badge>{" "}
        {t("streams.since", { time: formatInstant(since, timezone) })}
      </p>
      {reason === null ? null : <p className="stream-reason">{pick(streamReasons[reason])}</p>}
      {nextTryAt === null ? null : (
        <p className="device-hint">
          {t("streams.tried", { total: attempts, time: formatInstant(nextTryAt, timezone) })}
        </p>
      )}
      <p className="device-hint">
        {t("streams.kept", { clips, megabytes: Math.round(bytes / 1e6) })}
        {lastPacketAt === null ? "" : ` · ${t("streams.lastPacket", { time: formatInstant(lastPacketAt, timezone) })}`}
      </p>
    </div>
  );
}

function Missed({ view: { gaps, dropped }, timezone }: PartProps) {
  const { t, pick } = useText();
  return (
    <>
      <h3 className="stream-heading">
        {t("streams.gaps", { total: gaps.length >= 100 ? "100+" : String(gaps.length) })}
      </h3>
      <ul className="stream-gaps">
        {gaps.slice(0, gapsShown).map(({ from, to, reasons }) => (
          <li key={from}>
            <span>{formatInstant(from, timezone)}</span>
            <span>{to === null ? t("streams.stillSo") : t("streams.for", { seconds: secondsOf(from, to) })}</span>
            <span className="device-small">
              {reasons.map((reason) => pick(streamReasons[reason])).join(t("streams.joiner"))}
            </span>
          </li>
        ))}
      </ul>
      {dropped.map(({ day, cause, clips, lengthMs }) => (
        <p key={day + cause} className="device-hint">
          {t("streams.dropped", { day, clips, seconds: Math.round(lengthMs / 1_000), cause: pick(dropCauses[cause]) })}
        </p>
      ))}
    </>
  );
}

const secondsOf = (from: string, to: string): string => ((Date.parse(to) - Date.parse(from)) / 1_000).toFixed(1);
