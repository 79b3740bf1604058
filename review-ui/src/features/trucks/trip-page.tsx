import type { TripCheck, TripDetail } from "@mingcha/models/http";
import { observationKinds, tripQuestions, tripRules, type Verdict, verdicts } from "@mingcha/models/trips";
import { useMemo } from "react";
import { Link, useParams } from "react-router";
import { useMapBase } from "../../api/map.ts";
import { useTrip, useTruckRegister } from "../../api/trucks.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import type { MapLine } from "../../components/map/map-overlay.ts";
import { type MapArea, type MapMark, MapView } from "../../components/map/map-view.tsx";
import { placeMarks, routeLines } from "../../components/map/truck-places.tsx";
import { ErrorPanel, Fact, Facts, Page, Panel, Waiting } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { Margin } from "./margin.tsx";
import "./trucks.css";

const tones: Record<Verdict, BadgeTone> = { finding: "bad", cannot_say: "warn", fine: "good", not_asked: "plain" };
const order: Record<Verdict, number> = { finding: 0, cannot_say: 1, fine: 2, not_asked: 3 };

/** One trip: its way on the map, what was asked of it, and every row it stands on. */
export function TripPage() {
  const { t } = useText();
  const { id = "" } = useParams();
  const trip = useTrip(id);
  return (
    <Page
      title={
        <span className="trucks-heading">
          <Link to="/trucks?tab=trips">{t("trucks.title")}</Link>
          <span aria-hidden="true">/</span>
          {trip.data === undefined ? t("trucks.trips.trip") : trip.data.plate}
        </span>
      }
    >
      {trip.isPending ? <Waiting /> : null}
      {trip.isError ? <ErrorPanel error={trip.error} onRetry={() => void trip.refetch()} /> : null}
      {trip.data === undefined ? null : <Detail trip={trip.data} />}
    </Page>
  );
}

function Detail({ trip }: { trip: TripDetail }) {
  const { t, pick } = useText();
  const register = useTruckRegister();
  const timezone = register.data?.timezone ?? bureauTimezone;
  const when = (instant: string) => formatInstant(instant, timezone);
  const permit = register.data?.permits.find(({ id }) => id === trip.permit?.id);
  const checks = [...trip.checks].sort((a, b) => order[a.verdict] - order[b.verdict]);
  return (
    <div className="trucks-trip">
      <div className="trucks-column">
        <TripMap trip={trip} route={permit?.route ?? null} corridorM={permit?.corridorM ?? null} />
        <Panel title={t("trucks.trip.facts")}>
          <Facts>
            <Fact label={t("trucks.trips.way")}>
              {trip.site ?? t("trucks.unknownSite")} → {trip.tipping ?? t("trucks.trips.noEntry")}
            </Fact>
            <Fact label={t("trucks.trips.start")}>
              {when(trip.startAt)}{" "}
              {trip.departureFrom === null ? null : <Badge>{t(`trucks.trips.from.${trip.departureFrom}`)}</Badge>}
            </Fact>
            <Fact label={t("trucks.trip.entered")}>{trip.entryAt === null ? "—" : when(trip.entryAt)}</Fact>
            <Fact label={t("trucks.trip.permit")}>
              {trip.permit === null ? (
                "—"
              ) : (
                <Link to={`/objects/${trip.permit.id}`}>
                  {t("trucks.trip.permitVersion", { name: trip.permit.reference, version: trip.permit.version })}
                </Link>
              )}
            </Fact>
            <Fact label={t("trucks.trip.trackShare")}>
              {trip.trackShare === null ? t("trucks.trip.noTrack") : `${Math.round(trip.trackShare * 100)} %`}
            </Fact>
          </Facts>
        </Panel>
        <Panel title={t("trucks.trip.rows", { total: trip.rows.length })} extra={t("trucks.trip.rowsHint")}>
          <ol className="trucks-rows">
            {trip.rows.map((row, nth) => (
              <li key={row.key}>
                <span className="trucks-row-number">{nth + 1}</span>
                <div>
                  <time dateTime={row.at}>{when(row.at)}</time> {pick(row.text)}
                  <small>
                    {pick(observationKinds[row.kind])}
                    {row.fileName === null
                      ? null
                      : ` · ${t("trucks.trip.fileRow", { name: row.fileName, row: row.row ?? 0 })}`}
                    {row.fileSha256 === null ? null : (
                      <code title={row.fileSha256}> SHA-256 {row.fileSha256.slice(0, 12)}…</code>
                    )}
                    {row.clueId === null ? null : (
                      <>
                        {" · "}
                        <Link to={`/clues/${row.clueId}`}>{t("trucks.trip.openRecord")}</Link>
                      </>
                    )}
                  </small>
                </div>
              </li>
            ))}
          </ol>
        </Panel>
      </div>
      <Panel title={t("trucks.trip.checks")} extra={t("trucks.trip.checksHint")} className="trucks-checks">
        <ul>
          {checks.map((check) => (
            <li key={check.rule}>
              <Badge tone={tones[check.verdict]}>{pick(verdicts[check.verdict])}</Badge>
              <div>
                <b>{pick((check.verdict === "finding" ? tripRules : tripQuestions)[check.rule])}</b>{" "}
                <Margin check={check} />
                <p>{pick(check.text)}</p>
                <Rows check={check} trip={trip} />
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

/** Numbers of the rows that a check stands on, as they are listed. */
function Rows({ check, trip }: { check: TripCheck; trip: TripDetail }) {
  const { t, chinese } = useText();
  const numbers = check.rows.flatMap((key) => {
    const nth = trip.rows.findIndex((row) => row.key === key);
    return nth < 0 ? [] : [nth + 1];
  });
  numbers.sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  return <small>{t("trucks.trip.standsOn", { rows: numbers.join(chinese ? "、" : ", ") })}</small>;
}

function TripMap({
  trip,
  route,
  corridorM,
}: {
  trip: TripDetail;
  route: [number, number][][] | null;
  corridorM: number | null;
}) {
  const { t } = useText();
  const base = useMapBase();
  const register = useTruckRegister();
  const lines = useMemo((): MapLine[] => {
    const way = trip.track.map(([longitude, latitude]): [number, number] => [longitude, latitude]);
    return [
      ...routeLines([{ route, corridorM }]),
      ...(way.length < 2 ? [] : [{ kind: "track" as const, lines: [way] }]),
    ];
  }, [trip.track, route, corridorM]);
  const all = register.data;
  const marks: MapMark[] = [
    ...placeMarks(
      all === undefined
        ? undefined
        : {
            sites: all.sites.filter(({ name }) => name === trip.site),
            tippings: all.tippings.filter(({ name }) => name === trip.tipping || trip.tipping === null),
          },
    ),
    ...trip.checks.flatMap(({ at, rule, verdict }): MapMark[] =>
      at === null || verdict !== "finding"
        ? []
        : [
            {
              id: `finding ${rule}`,
              longitude: at[0],
              latitude: at[1],
              node: (
                <span
                  className="truck-problem"
                  role="img"
                  aria-label={t("trucks.trip.farthest")}
                  title={t("trucks.trip.farthest")}
                >
                  !
                </span>
              ),
            },
          ],
    ),
  ];
  const area = useMemo(() => areaOf(lines), [lines]);
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  return (
    <figure className="trucks-figure">
      <div className="trucks-map">
        <MapView base={base.data} marks={marks} centred={null} label={t("trucks.trip.map")} lines={lines} goTo={area} />
      </div>
      <figcaption>
        <span className="truck-route-sign" aria-hidden="true" /> {t("trucks.trip.legendRoute")}
        <span className="trucks-track-sign" aria-hidden="true" /> {t("trucks.trip.legendTrack")}
      </figcaption>
    </figure>
  );
}

function areaOf(lines: readonly MapLine[]): MapArea | null {
  const points = lines.flatMap((line) => line.lines.flat());
  if (points.length === 0) return null;
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}
