import type { DockDetail } from "@mingcha/models/http";
import { Nothing, Panel } from "../../components/page.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { DockFileRows } from "./dock-files.tsx";
import { FlightCounts } from "./flight-counts.tsx";

type Flight = DockDetail["flights"][number];

interface DockFlightsProps {
  readonly dock: DockDetail;
  readonly timezone: string;
}

/** Flights, newest first: what was expected, what came. What does not agree stands open, what was closed or taken in is folded. */
export function DockFlights({ dock, timezone }: DockFlightsProps) {
  const { t } = useText();
  const { flights, flightsOpenMore } = dock;
  return (
    <Panel title={t("docks.flights")}>
      {flights.length === 0 ? <Nothing>{t("docks.noFlights")}</Nothing> : null}
      {flightsOpenMore === 0 ? null : <p className="docks-bad">{t("docks.moreFlights", { total: flightsOpenMore })}</p>}
      {flights.map((flight) => (
        <FlightBlock key={flight.flightId} dock={dock} flight={flight} timezone={timezone} />
      ))}
    </Panel>
  );
}

function FlightBlock({ dock, flight, timezone }: DockFlightsProps & { readonly flight: Flight }) {
  const { t } = useText();
  const { flightId, progress, files, more, openMore, firstSeenAt, lastSeenAt } = flight;
  const clean = files.filter(
    ({ state, checks, reason, isDuplicate, admitted }) =>
      state === "taken" && checks.length === 0 && reason === null && !isDuplicate && admitted === null,
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
      <FlightCounts flight={flight} />
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
