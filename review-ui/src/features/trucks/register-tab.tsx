import type { TruckRegister } from "@mingcha/models/http";
import { Progress, Table, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { useMapBase } from "../../api/map.ts";
import { useTruckLeads } from "../../api/trucks.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { MapView } from "../../components/map/map-view.tsx";
import {
  placeMarks,
  problemMarks,
  routeLines,
  type TruckLayer,
  TruckLayerSwitches,
  truckLayers,
} from "../../components/map/truck-places.tsx";
import { ErrorPanel, Panel, Waiting } from "../../components/page.tsx";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";

type Permit = TruckRegister["permits"][number];
type Place = TruckRegister["sites"][number];
const tones: Record<Permit["state"], BadgeTone> = { in_force: "good", not_yet: "info", ended: "plain" };

/** What trucks are compared with: on the map, as lists, and the thresholds. */
export function RegisterTab({ register }: { register: TruckRegister | undefined }) {
  const { t } = useText();
  if (register === undefined) return <Waiting />;
  return (
    <>
      <LayersMap register={register} />
      {register.mayImport ? (
        <p className="trucks-links">
          {(["site", "tipping", "disposal", "vehicle"] as const).map((kind) => (
            <Link key={kind} to={`/objects/import?kind=${kind}`}>
              {t(`trucks.register.import.${kind}`)}
            </Link>
          ))}
        </p>
      ) : null}
      <Permits permits={register.permits} />
      <div className="trucks-two">
        <Places title={t("trucks.register.sites", { total: register.sites.length })} places={register.sites} />
        <Places title={t("trucks.register.tippings", { total: register.tippings.length })} places={register.tippings} />
      </div>
      <Settings settings={register.settings} />
    </>
  );
}

function LayersMap({ register }: { register: TruckRegister }) {
  const { t } = useText();
  const base = useMapBase();
  const [shown, setShown] = useState<ReadonlySet<TruckLayer>>(new Set(truckLayers));
  const leads = useTruckLeads({ state: "NEW" }, { limit: 200, enabled: shown.has("problems") });
  const { permits } = register;
  const isRouted = shown.has("routes");
  const lines = useMemo(() => (isRouted ? routeLines(permits) : []), [isRouted, permits]);
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  const marks = [
    ...(shown.has("projects") ? placeMarks(register) : []),
    ...(shown.has("problems") ? problemMarks(leads.data?.pages.flatMap(({ items }) => items) ?? []) : []),
  ];
  return (
    <div className="trucks-map">
      <MapView base={base.data} marks={marks} centred={null} label={t("trucks.register.map")} lines={lines} />
      <TruckLayerSwitches
        shown={shown}
        onToggle={(layer) =>
          setShown((now) => new Set(now.has(layer) ? [...now].filter((one) => one !== layer) : [...now, layer]))
        }
      />
    </div>
  );
}

function Permits({ permits }: { permits: Permit[] }) {
  const { t, chinese } = useText();
  const narrow = useNarrow();
  const state = (permit: Permit) => (
    <Badge tone={tones[permit.state]}>{t(`trucks.register.state.${permit.state}`)}</Badge>
  );
  const way = (permit: Permit) => `${permit.site} → ${permit.tippingSites.join(chinese ? "、" : ", ")}`;
  const columns: TableColumnsType<Permit> = narrow
    ? [
        {
          title: t("trucks.register.permit"),
          render: (_, permit) => (
            <div className="trucks-card">
              <span>
                <Link to={`/objects/${permit.id}`}>{permit.name}</Link> {state(permit)}
              </span>
              <span>{way(permit)}</span>
              <span>
                {permit.validFrom} – {permit.validTo}, {permit.from}–{permit.to}
              </span>
              <Quota permit={permit} />
            </div>
          ),
        },
      ]
    : [
        {
          title: t("trucks.register.permit"),
          width: 230,
          render: (_, permit) => <Link to={`/objects/${permit.id}`}>{permit.name}</Link>,
        },
        { title: t("trucks.register.stateTitle"), width: 110, render: (_, permit) => state(permit) },
        { title: t("trucks.trips.way"), render: (_, permit) => way(permit) },
        { title: t("trucks.register.term"), width: 200, render: (_, one) => `${one.validFrom} – ${one.validTo}` },
        { title: t("trucks.register.hours"), width: 120, render: (_, one) => `${one.from}–${one.to}` },
        {
          title: t("trucks.register.corridor"),
          width: 110,
          render: (_, one) => (one.route === null ? t("trucks.register.noRoute") : `${one.corridorM} m`),
        },
        { title: t("trucks.register.quota"), width: 220, render: (_, permit) => <Quota permit={permit} /> },
      ];
  return (
    <Panel title={t("trucks.register.permits", { total: permits.length })}>
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={permits}
        scroll={{ x: narrow ? 300 : 1100 }}
        pagination={permits.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        locale={{ emptyText: t("trucks.register.none") }}
      />
    </Panel>
  );
}

function Quota({ permit: { quotaT, usedT, name } }: { permit: Permit }) {
  const { t } = useText();
  const text = t("trucks.register.used", {
    used: usedT.toLocaleString("en-US"),
    quota: quotaT?.toLocaleString("en-US") ?? "—",
  });
  if (quotaT === null) return <span className="trucks-numbers">{text}</span>;
  return (
    <span className="trucks-quota">
      <span className="trucks-numbers">{text}</span>
      <Progress
        aria-label={`${name} ${text}`}
        size="small"
        showInfo={false}
        percent={Math.min(100, (usedT / quotaT) * 100)}
        status={usedT > quotaT ? "exception" : "normal"}
      />
    </span>
  );
}

function Places({ title, places }: { title: string; places: Place[] }) {
  const { t } = useText();
  return (
    <Panel title={title}>
      <Table
        size="small"
        rowKey="id"
        dataSource={places}
        pagination={places.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        locale={{ emptyText: t("trucks.register.none") }}
        columns={[
          {
            title: t("trucks.register.name"),
            render: (_, place) => (
              <div className="trucks-card">
                <Link to={`/objects/${place.id}`}>{place.name}</Link>
                <small>{place.place}</small>
              </div>
            ),
          },
          { title: t("trucks.register.radius"), width: 100, render: (_, { radiusM }) => `${radiusM} m` },
          { title: t("trucks.register.leads"), width: 110, dataIndex: "leads" },
        ]}
      />
    </Panel>
  );
}

const settingNames = [
  "clockErrorS",
  "gpsErrorM",
  "offCorridorM",
  "offCorridorMin",
  "trackGapS",
  "trackShare",
  "tripMin",
  "mergeMin",
  "coverageMin",
  "quantityShare",
  "quantityT",
  "plateConfidence",
] as const;

function Settings({ settings }: { settings: TruckRegister["settings"] }) {
  const { t } = useText();
  return (
    <Panel
      title={t("trucks.settings.title")}
      extra={settings.verified === true ? null : <Badge tone="warn">{t("trucks.settings.unverified")}</Badge>}
    >
      <p className="trucks-hint">{t("trucks.settings.hint")}</p>
      <dl className="trucks-settings">
        {settingNames.map((name) => (
          <div key={name}>
            <dt>{t(`trucks.settings.${name}`)}</dt>
            <dd>{String(settings[name])}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
