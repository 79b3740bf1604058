import { credentialReasons, dockDropCauses } from "@mingcha/models/dock";
import type { DockDetail } from "@mingcha/models/http";
import { Link } from "react-router";
import { useDock } from "../../api/docks.ts";
import { useDistricts } from "../../api/session.ts";
import { ErrorPanel, Fact, Facts, Panel, Waiting } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant, formatMinute } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { DockBinding } from "./dock-binding.tsx";
import { DockFileRows } from "./dock-files.tsx";
import { DockFlights } from "./dock-flights.tsx";
import { DockForm } from "./dock-form.tsx";
import { DockState } from "./dock-state.tsx";

interface PartProps {
  readonly dock: DockDetail;
  readonly timezone: string;
}

/** Everything about one dock: how it stands, its flights, and what it is entered as. */
export function DockDetailPanels({ sn }: { sn: string }) {
  const { t } = useText();
  const dock = useDock(sn);
  if (dock.isPending) return <Waiting />;
  if (dock.data === undefined) return <ErrorPanel error={dock.error} onRetry={() => void dock.refetch()} />;
  const { data } = dock;
  const timezone = data.source?.timezone ?? bureauTimezone;
  return (
    <div className="docks-detail">
      <div>
        <Panel title={data.name} extra={<DockState dock={data} />}>
          <Standing dock={data} timezone={timezone} />
        </Panel>
        <DockFlights dock={data} timezone={timezone} />
        {data.strays.length === 0 ? null : (
          <Panel title={t("docks.strays")}>
            <DockFileRows dock={data} files={data.strays} timezone={timezone} />
            {data.straysMore === 0 ? null : (
              <p className="docks-soft">{t("docks.moreFiles", { total: data.straysMore })}</p>
            )}
            {data.straysOpenMore === 0 ? null : (
              <p className="docks-bad">{t("docks.moreAwaiting", { total: data.straysOpenMore })}</p>
            )}
          </Panel>
        )}
      </div>
      <div>
        {data.binding === null ? null : (
          <>
            <Panel title={t("docks.settings")}>
              <DockForm key={data.version} dock={data} onSaved={() => undefined} />
            </Panel>
            <DockBinding dock={data} binding={data.binding} timezone={timezone} />
          </>
        )}
        <Issued dock={data} timezone={timezone} />
        <Drops dock={data} timezone={timezone} />
      </div>
    </div>
  );
}

function Standing({ dock, timezone }: PartProps) {
  const { t, pick } = useText();
  const districts = useDistricts();
  const { source, heard, since, lastMessageAt, messages, boundAt, credentials, aircraftSn, topologyAircraftSn } = dock;
  const district = districts.find(({ id }) => id === source?.district);
  const time = (instant: string) => formatInstant(instant, timezone);
  return (
    <>
      <Facts>
        <Fact label={t("docks.sn")}>{dock.sn}</Fact>
        <Fact label={t("docks.lastMessage")}>
          {lastMessageAt === null
            ? t("docks.heard.never")
            : `${formatMinute(lastMessageAt, timezone)} · ${t("docks.messages", { total: messages })}`}
          {since === null || lastMessageAt === null || heard === "never"
            ? null
            : ` · ${t("docks.unbroken", { time: formatMinute(since, timezone) })}`}
        </Fact>
        <Fact label={t("docks.source")}>
          {source === null ? (
            <span className="docks-bad">{t("docks.noSource")}</span>
          ) : (
            <Link to={`/sources/${encodeURIComponent(source.id)}/device`}>{source.name}</Link>
          )}
        </Fact>
        <Fact label={t("docks.district")}>
          {district === undefined ? (source?.district ?? t("docks.noDistrict")) : pick(district.name)}
        </Fact>
        <Fact label={t("docks.aircraft")}>{aircraftSn ?? topologyAircraftSn ?? "–"}</Fact>
        <Fact label={t("docks.bound")}>{boundAt === null ? t("docks.notBound") : time(boundAt)}</Fact>
        <Fact label={t("docks.credentials")}>
          {credentials?.at == null || credentials.until === null
            ? t("docks.neverIssued")
            : t("docks.issued", { time: time(credentials.at), until: time(credentials.until) })}
        </Fact>
        {dock.clock === null ? null : (
          <Fact label={t("docks.clock")}>
            {t("docks.clockLine", {
              offset: seconds(dock.clock.offsetMs),
              error: (dock.clock.uncertaintyMs / 1_000).toFixed(0),
              time: time(dock.clock.at),
            })}
          </Fact>
        )}
        {dock.osd.map((osd) =>
          osd.longitude === null || osd.latitude === null ? null : (
            <Fact key={osd.device} label={t("docks.position")}>
              {t("docks.positionOf", {
                device: osd.device,
                lng: osd.longitude.toFixed(5),
                lat: osd.latitude.toFixed(5),
              })}
              {osd.heightM === null ? "" : ` · ${t("docks.height", { m: osd.heightM.toFixed(1) })}`}
              {osd.elevationM === null ? "" : ` · ${t("docks.elevation", { m: osd.elevationM.toFixed(1) })}`}
            </Fact>
          ),
        )}
      </Facts>
      {heard === "lately" || heard === "never" ? null : (
        <p className={heard === "silent" ? "docks-bad" : "docks-warn"}>{t(`docks.heardHint.${heard}`)}</p>
      )}
      {credentials?.reason == null ? null : <p className="docks-bad">{pick(credentialReasons[credentials.reason])}</p>}
      {topologyAircraftSn === null || aircraftSn === null || topologyAircraftSn === aircraftSn ? null : (
        <p className="docks-bad">{t("docks.aircraftOther", { sn: topologyAircraftSn })}</p>
      )}
    </>
  );
}

const seconds = (ms: number): string => `${ms > 0 ? "+" : ""}${(ms / 1_000).toFixed(1)}`;

function Issued({ dock: { issued }, timezone }: PartProps) {
  const { t } = useText();
  if (issued.length === 0) return null;
  return (
    <Panel title={t("docks.issuedList")}>
      <ul className="docks-lines">
        {issued.map(({ at, until, bucket, prefix }) => (
          <li key={at}>
            {t("docks.issuedLine", {
              time: formatInstant(at, timezone),
              until: formatInstant(until, timezone),
              bucket,
              prefix,
            })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Drops({ dock: { drops } }: PartProps) {
  const { t, pick } = useText();
  if (drops.length === 0) return null;
  return (
    <Panel title={t("docks.drops")}>
      <ul className="docks-lines">
        {drops.map(({ day, cause, messages }) => (
          <li key={day + cause}>{t("docks.dropLine", { day, cause: pick(dockDropCauses[cause]), total: messages })}</li>
        ))}
      </ul>
    </Panel>
  );
}
