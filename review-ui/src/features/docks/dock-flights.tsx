import type { DockDetail } from "@mingcha/models/http";
import { Nothing, Panel } from "../../components/page.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { DockFileRows } from "./dock-files.tsx";

type Flight = DockDetail["flights"][number];

interface DockFlightsProps {
  readonly dock: DockDetail;
  readonly timezone: string;
}

/** Flights, newest first: what was expected, what came. What does not agree stands open, what was taken in is folded. */
export function DockFlights({ dock: { flights }, timezone }: DockFlightsProps) {
  const { t } = useText();
  return (
    <Panel title={t("docks.flights")}>
      {flights.length === 0 ? <Nothing>{t("docks.noFlights")}</Nothing> : null}
      {flights.map((flight) => (
        <FlightBlock key={flight.flightId} flight={flight} timezone={timezone} />
      ))}
    </Panel>
  );
}

function FlightBlock({ flight, timezone }: { flight: Flight; timezone: string }) {
  const { t } = useText();
  const { flightId, expected, counts, files, more, firstSeenAt, lastSeenAt } = flight;
  const arrived = Object.values(counts).reduce((sum, some) => sum + some, 0) - counts.missing;
  const short = expected === null ? 0 : Math.max(0, expected - arrived);
  const clean = files.filter(
    ({ state, checks, reason }) => state === "taken" && checks.length === 0 && reason === null,
  );
  const open = files.filter((file) => !clean.includes(file));
  return (
    <section className="docks-flight">
      <h3>{t("docks.flight", { id: flightId })}</h3>
      <p className="docks-soft">{formatSpan(firstSeenAt, lastSeenAt, timezone)}</p>
      <CountBar counts={counts} total={Math.max(arrived + counts.missing, expected ?? 0)} />
      <p>
        {t("docks.arrived", { total: arrived })} ·{" "}
        {expected === null ? t("docks.notStated") : t("docks.expected", { total: expected })}
        {short === 0 ? null : <b className="docks-bad"> · {t("docks.short", { total: short })}</b>}
      </p>
      <DockFileRows files={open} timezone={timezone} />
      {clean.length === 0 ? null : (
        <details>
          <summary>{t("docks.takenFiles", { total: clean.length })}</summary>
          <DockFileRows files={clean} timezone={timezone} />
        </details>
      )}
      {more === 0 ? null : <p className="docks-soft">{t("docks.moreFiles", { total: more })}</p>}
    </section>
  );
}

const parts = [
  ["taken", "good"],
  ["verified", "info"],
  ["noticed", "info"],
  ["mismatch", "bad"],
  ["refused", "bad"],
  ["missing", "bad"],
] as const;

/** The flight's files by what became of them; what is left of the bar is still to come. The words below say the same. */
function CountBar({ counts, total }: { counts: Flight["counts"]; total: number }) {
  if (total === 0) return null;
  return (
    <div className="docks-bar" aria-hidden="true">
      {parts.map(([state, tone]) => (
        <span key={state} className={`docks-bar-${tone}`} style={{ width: `${(counts[state] / total) * 100}%` }} />
      ))}
    </div>
  );
}
