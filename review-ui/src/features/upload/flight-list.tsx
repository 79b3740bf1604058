import type { FlightView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useFlights } from "../../api/flights.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { FlightDialog } from "./flight-dialog.tsx";

/** Flights and whether their record shows that they were lawful; the pilot states what is lacking. */
export function FlightList() {
  const { t } = useText();
  const flights = useFlights();
  const [chosen, setChosen] = useState<FlightView | null>(null);
  const items = flights.data?.items ?? [];
  return (
    <Panel title={t("flights.title", { total: items.length })} extra={t("flights.hint")}>
      {flights.isError ? <ErrorPanel error={flights.error} onRetry={() => void flights.refetch()} /> : null}
      {flights.data && items.length === 0 ? <Nothing>{t("flights.none")}</Nothing> : null}
      <ul className="flights">
        {items.map((flight) => (
          <FlightRow
            key={flight.id}
            flight={flight}
            onState={flights.data?.mayState ? () => setChosen(flight) : undefined}
          />
        ))}
      </ul>
      {chosen === null ? null : (
        <FlightDialog flight={chosen} checklists={flights.data?.checklists ?? []} onClose={() => setChosen(null)} />
      )}
    </Panel>
  );
}

function FlightRow({ flight, onState }: { flight: FlightView; onState: (() => void) | undefined }) {
  const { t, pick } = useText();
  const { statement, lacks, recordedHeightM } = flight;
  return (
    <li className="flight">
      <b>{formatInstant(flight.startedAt, flight.timezone)}</b>
      <span>{flight.sourceName}</span>
      <span className="flight-soft">
        {t("flights.clips", { total: flight.clips })} ·{" "}
        {recordedHeightM === null ? t("flights.noHeight") : t("flights.height", { height: recordedHeightM.toFixed(0) })}
      </span>
      {lacks.length === 0 ? (
        <Badge tone="good">{t("flights.complete")}</Badge>
      ) : (
        <span className="flight-lacks">{t("flights.lacks", { what: lacks.map(pick).join(t("item.listComma")) })}</span>
      )}
      {statement === null ? null : (
        <span className="flight-soft">
          {statement.by === null
            ? t("flights.demo")
            : t("flights.statedBy", {
                name: statement.by,
                time: formatInstant(statement.at, flight.timezone),
                nth: flight.statements,
              })}
        </span>
      )}
      <span className="flight-soft">{t("flightChecks.progress", flight.checks)}</span>
      <Link
        to={`/upload/flights/${flight.id}`}
        aria-label={t("flightGround.openOf", { time: formatInstant(flight.startedAt, flight.timezone) })}
      >
        {t("flightGround.open")}
      </Link>
      {onState === undefined ? null : (
        <Button size="small" type={lacks.length > 0 ? "primary" : "default"} onClick={onState}>
          {t(statement === null ? "flights.state" : "flights.again")}
        </Button>
      )}
    </li>
  );
}
