import type { TripItem, Trips, TruckRegister } from "@mingcha/models/http";
import { tripRules } from "@mingcha/models/trips";
import { App, Button, Checkbox, Input, Select, Table, type TableColumnsType } from "antd";
import { Link, useSearchParams } from "react-router";
import { useCompareDays, useTrips } from "../../api/trucks.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";

/** Every trip that was compared, by day and plate. */
export function TripsTab({ register }: { register: TruckRegister | undefined }) {
  const { t, errorText } = useText();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const day = search.get("day") ?? undefined;
  const plate = search.get("plate") ?? undefined;
  const found = search.get("found") === "1" ? ("1" as const) : undefined;
  const trips = useTrips({ day, plate, found });
  const compare = useCompareDays();
  const go = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value === undefined || value === "") next.delete(key);
      else next.set(key, value);
    }
    setSearch(next, { replace: true });
  };
  const days = trips.data?.pages[0]?.days ?? [];
  const items = trips.data?.pages.flatMap((page) => page.items) ?? [];
  const again = (chosen: string) =>
    compare.mutate(
      { from: chosen, to: chosen },
      {
        onSuccess: () => void message.success(t("trucks.trips.comparing")),
        onError: (error) => void message.error(errorText(error)),
      },
    );
  return (
    <>
      <div className="trucks-filters">
        <DaySelect days={days} value={day} onChange={(value) => go({ day: value })} />
        <Input.Search
          className="trucks-plate-search"
          allowClear
          defaultValue={plate}
          aria-label={t("trucks.trips.plate")}
          placeholder={t("trucks.trips.plate")}
          maxLength={20}
          onSearch={(value) => go({ plate: value.trim() })}
        />
        <Checkbox checked={found === "1"} onChange={(event) => go({ found: event.target.checked ? "1" : undefined })}>
          {t("trucks.trips.onlyFound")}
        </Checkbox>
        {register?.mayImport === true && day !== undefined ? (
          <Button loading={compare.isPending} onClick={() => again(day)}>
            {t("trucks.trips.compare")}
          </Button>
        ) : null}
      </div>
      {trips.isError ? <ErrorPanel error={trips.error} onRetry={() => void trips.refetch()} /> : null}
      <TripTable items={items} loading={trips.isPending} timezone={register?.timezone ?? bureauTimezone} />
      {trips.hasNextPage ? (
        <div className="trucks-more">
          <Button loading={trips.isFetchingNextPage} onClick={() => void trips.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function DaySelect({
  days,
  value,
  onChange,
}: {
  days: Trips["days"];
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  const { t } = useText();
  return (
    <Select<string>
      allowClear
      className="trucks-day"
      aria-label={t("trucks.trips.day")}
      placeholder={t("trucks.trips.anyDay")}
      value={value ?? null}
      onChange={(day) => onChange(day ?? undefined)}
      options={days.map(({ day, trips, findings, behind }) => ({
        value: day,
        label: behind ? t("trucks.trips.dayBehind", { day }) : t("trucks.trips.dayLabel", { day, trips, findings }),
      }))}
    />
  );
}

function TripTable({ items, loading, timezone }: { items: TripItem[]; loading: boolean; timezone: string }) {
  const { t } = useText();
  const narrow = useNarrow();
  const columns: TableColumnsType<TripItem> = narrow
    ? [{ title: t("trucks.trips.trip"), render: (_, trip) => <TripCard trip={trip} timezone={timezone} /> }]
    : [
        {
          title: t("trucks.trips.start"),
          width: 150,
          render: (_, trip) => (
            <Link to={`/trucks/trips/${trip.id}`}>{formatInstant(trip.startAt, timezone).slice(0, 16)}</Link>
          ),
        },
        { title: t("trucks.trips.plate"), width: 110, render: (_, { plate }) => <b>{plate}</b> },
        { title: t("trucks.trips.way"), render: (_, trip) => <Way trip={trip} /> },
        { title: t("trucks.trips.evidence"), width: 210, render: (_, trip) => <Evidence trip={trip} /> },
        { title: t("trucks.trips.weights"), width: 150, render: (_, trip) => <Weights trip={trip} /> },
        { title: t("trucks.trips.result"), width: 300, render: (_, trip) => <Result trip={trip} /> },
      ];
  return (
    <Table
      size="small"
      className="trucks-table"
      rowKey="id"
      columns={columns}
      dataSource={items}
      pagination={false}
      loading={loading}
      scroll={{ x: narrow ? 320 : 1080 }}
      locale={{ emptyText: t("trucks.trips.none") }}
    />
  );
}

function TripCard({ trip, timezone }: { trip: TripItem; timezone: string }) {
  return (
    <div className="trucks-card">
      <span>
        <b>{trip.plate}</b>{" "}
        <Link to={`/trucks/trips/${trip.id}`}>{formatInstant(trip.startAt, timezone).slice(0, 16)}</Link>
      </span>
      <Way trip={trip} />
      <Evidence trip={trip} />
      <Result trip={trip} />
    </div>
  );
}

function Way({ trip: { site, tipping } }: { trip: TripItem }) {
  const { t } = useText();
  return (
    <span>
      {site ?? t("trucks.unknownSite")} → {tipping ?? t("trucks.trips.noEntry")}
    </span>
  );
}

function Evidence({ trip: { departureFrom, hasTrack, entryAt } }: { trip: TripItem }) {
  const { t } = useText();
  return (
    <span className="trucks-badges">
      {departureFrom === null ? null : <Badge>{t(`trucks.trips.from.${departureFrom}`)}</Badge>}
      {hasTrack ? <Badge>{t("trucks.trips.track")}</Badge> : null}
      {entryAt === null ? null : <Badge>{t("trucks.trips.entry")}</Badge>}
    </span>
  );
}

function Weights({ trip: { manifestT, entryT } }: { trip: TripItem }) {
  const tonnes = (value: number | null): string => (value === null ? "—" : `${value.toFixed(1)} t`);
  return (
    <span className="trucks-numbers">
      {tonnes(manifestT)} / {tonnes(entryT)}
    </span>
  );
}

function Result({ trip: { findings, open } }: { trip: TripItem }) {
  const { t, pick } = useText();
  return (
    <span className="trucks-badges">
      {findings.map((rule) => (
        <Badge key={rule} tone="bad">
          {pick(tripRules[rule])}
        </Badge>
      ))}
      {findings.length === 0 ? <Badge tone="good">{t("trucks.trips.agrees")}</Badge> : null}
      {open === 0 ? null : <Badge>{t("trucks.trips.open", { total: open })}</Badge>}
    </span>
  );
}
