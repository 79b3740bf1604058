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

/** Flights, newest first: what was expected, what came. What does not agree stands open, what was closed or taken in is folded. */
export function DockFlights({ dock, timezone }: DockFlightsProps) {
  const { t } = useText();
  const { flights } = dock;
  return (
    <Panel title={t("docks.flights")}>
      {flights.length === 0 ? <Nothing>{t("docks.noFlights")}</Nothing> : null}
      {flights.map((flight) => (
        <FlightBlock key={flight.flightId} dock={dock} flight={flight} timezone={timezone} />
      ))}
    </Panel>
  );
}

function FlightBlock({ dock, flight, timezone }: DockFlightsProps & { readonly flight: Flight }) {
  const { t } = useText();
  const { flightId, expected, progress, counts, files, more, openMore, arrived, announced, firstSeenAt, lastSeenAt } =
    flight;
  const short = expected === null ? 0 : Math.max(0, expected - arrived);
  const clean = files.filter(
    ({ state, checks, reason, isDuplicate }) =>
      state === "taken" && checks.length === 0 && reason === null && !isDuplicate,
  );
  const closed = files.filter((file) => file.closed !== null);
  const open = files.filter((file) => file.closed === null && !clean.includes(file));
  return (
    <section className="docks-flight">
      <h3>{t("docks.flight", { id: flightId })}</h3>
      <p className="docks-soft">
        {formatSpan(firstSeenAt, lastSeenAt, timezone)}
        {progress === null ? "" : ` · ${t("docks.progress", { status: progress })}`}
      </p>
      <CountBar counts={counts} total={Math.max(arrived + announced + counts.missing, expected ?? 0)} />
      <p>
        {t("docks.arrived", { total: arrived })} ·{" "}
        {announced === 0 ? null : `${t("docks.announced", { total: announced })} · `}
        {expected === null ? t("docks.notStated") : t("docks.expected", { total: expected })}
        {short === 0 ? null : <b className="docks-bad"> · {t("docks.short", { total: short })}</b>}
      </p>
      <DockFileRows dock={dock} files={open} timezone={timezone} />
      {closed.length === 0 ? null : (
        <details>
          <summary>{t("docks.closedFiles", { total: closed.length })}</summary>
          <DockFileRows dock={dock} files={closed} timezone={timezone} />
        </details>
      )}
      {clean.length === 0 ? null : (
        <details>
          <summary>{t("docks.takenFiles", { total: clean.length })}</summary>
          <DockFileRows dock={dock} files={clean} timezone={timezone} />
        </details>
      )}
      {more === 0 ? null : <p className="docks-soft">{t("docks.moreFiles", { total: more })}</p>}
      {openMore === 0 ? null : <p className="docks-bad">{t("docks.moreOpen", { total: openMore })}</p>}
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
