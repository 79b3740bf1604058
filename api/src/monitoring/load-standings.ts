import type { Database } from "@mingcha/infra/db";
import { openStates } from "@mingcha/models/clue";
import {
  clockMethods,
  type DeviceRecord,
  type DeviceRecordCode,
  type DeviceWatch,
  deviceRecordKinds,
  metrologyAt,
  requirementsAt,
  samplesAround,
  watchedStateAt,
} from "@mingcha/models/device";
import type { SourceStanding, SourceView } from "@mingcha/models/http";
import { clockConditionOf, conditionOf, dayBeginMs, liveWithinMs, unionMs } from "@mingcha/models/monitoring";
import type { Profile } from "@mingcha/models/profile";
import { viewStanding } from "../streams/view-stream.ts";
import { groupBy } from "./group-by.ts";

/** Beyond this a number on a card tells nobody anything. */
const openCluesMax = 100;
/** Looks of a source whose scene cannot be read are expected this often. */
const lookEveryS = 2;

type SourceRow = Pick<SourceView, "id" | "kind" | "timezone" | "lastLookAt" | "suspended">;
type ClockRow = { sourceId: string; at: Date; offsetMs: number; uncertaintyMs: number; method: string };
type BlindRow = { sourceId: string; from: Date; to: Date };

/** How every source stands at an instant: a handful of questions to the database, however many sources there are. */
export async function loadStandings(
  db: Database,
  sources: readonly SourceRow[],
  {
    now,
    maxClockErrorMs: clockLimitMs,
    maintenanceEveryDays,
  }: { now: Date } & Pick<Profile["review"], "maxClockErrorMs" | "maintenanceEveryDays">,
): Promise<Map<string, SourceStanding>> {
  const nowMs = now.getTime();
  const dayOf = new Map(sources.map(({ timezone }) => [timezone, dayBeginMs(nowMs, timezone)]));
  const earliestMs = Math.min(nowMs, ...dayOf.values());
  const [pace, clocks, open, blind, records, streams] = await Promise.all([
    db.$queryRaw<{ sourceId: string; lookEveryS: number | null; clipMs: number | null }[]>`
      select s.id as "sourceId", (sc.document ->> 'lookEveryS')::float8 as "lookEveryS", c.duration_ms as "clipMs" from source s
      left join lateral (select document from scene where source_id = s.id order by version desc limit 1) sc on true
      left join lateral (select duration_ms from clip where source_id = s.id order by started_at desc limit 1) c on true`,
    db.$queryRaw<ClockRow[]>`
      select s.id as "sourceId", c.at, c.offset_ms as "offsetMs", c.uncertainty_ms as "uncertaintyMs", c.method from source s
      cross join unnest(${Object.keys(clockMethods)}::text[]) as m(method) cross join lateral (
        select at, offset_ms, uncertainty_ms, method from clock_sample
        where source_id = s.id and clock_sample.method = m.method and at <= ${now} order by at desc limit 1) c`,
    db.$queryRaw<{ sourceId: string; n: number }[]>`
      select s.id as "sourceId", n.n::int as n from source s cross join lateral (
        select count(*) from (
          select 1 from unnest(${openStates}::"ClueState"[]) as o(state) cross join lateral (
            select 1 from clue where source_id = s.id and clue.state = o.state limit ${openCluesMax}) one limit ${openCluesMax}) c
      ) n(n)`,
    db.$queryRaw<BlindRow[]>`
      select source_id as "sourceId", from_at as "from", to_at as "to" from source s
      join occupancy o on o.source_id = s.id and o.state = 'blind' and o.to_at > ${new Date(earliestMs)}`,
    db.deviceRecord.findMany({ where: { withdrawnAt: null } }),
    db.streamStanding.findMany({ select: { sourceId: true, state: true, since: true, reason: true } }),
  ]);
  const paceOf = new Map(pace.map((row) => [row.sourceId, row]));
  const clocksOf = groupBySource(clocks);
  const openOf = new Map(open.map((row) => [row.sourceId, row.n]));
  const streamOf = new Map(streams.map((row) => [row.sourceId, viewStanding(row)]));
  const blindOf = groupBySource(blind);
  const recordsOf = groupBySource(records);

  return new Map(
    sources.map((source) => {
      const { id, kind, timezone, lastLookAt, suspended } = source;
      const itsPace = paceOf.get(id);
      const stream = streamOf.get(id) ?? null;
      const isCutOff = stream?.state === "blind" || stream?.state === "refused";
      const condition = conditionOf(
        {
          kind,
          lastLookMs: lastLookAt === null ? null : Date.parse(lastLookAt),
          liveWithinMs: liveWithinMs(itsPace?.lookEveryS ?? lookEveryS, itsPace?.clipMs ?? 0),
          cutOffMs: isCutOff ? Date.parse(stream.since) : null,
          suspension: suspended === null ? null : { reason: suspended.reason, sinceMs: Date.parse(suspended.since) },
        },
        nowMs,
      );
      // of several methods the surest counts, as at a capture; where none is in reach the newest is told as old
      const itsClocks = (clocksOf.get(id) ?? []).map((row) => ({ ...row, atMs: row.at.getTime() }));
      const sample = samplesAround(itsClocks, nowMs).before ?? itsClocks.sort((a, b) => b.atMs - a.atMs)[0] ?? null;
      const spans = (blindOf.get(id) ?? []).map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }));
      const today = { fromMs: dayOf.get(timezone) ?? nowMs, toMs: nowMs };
      return [
        id,
        {
          condition: condition.code,
          since: condition.sinceMs === null ? null : new Date(condition.sinceMs).toISOString(),
          clock: {
            condition: clockConditionOf(sample, nowMs, clockLimitMs),
            offsetMs: sample?.offsetMs ?? null,
            at: sample?.at.toISOString() ?? null,
            limitMs: clockLimitMs,
          },
          device: standingOfDevice(recordsOf.get(id) ?? [], kind, nowMs, {
            samples: sample === null ? [] : [sample],
            clockLimitMs,
            maintenanceEveryDays,
            viewMoved: suspended?.reason === "view_moved",
          }),
          stream,
          openClues: openOf.get(id) ?? 0,
          blindTodayS: Math.round(unionMs(spans, today) / 1_000),
        },
      ];
    }),
  );
}

const groupBySource = <T extends { sourceId: string }>(rows: readonly T[]): Map<string, T[]> =>
  groupBy(rows, ({ sourceId }) => sourceId);

type RecordRow = { kind: string; validFrom: Date; validTo: Date | null; createdAt: Date };
const isKnown = (kind: string): kind is DeviceRecordCode => kind in deviceRecordKinds;

function standingOfDevice(
  rows: readonly RecordRow[],
  sourceKind: string,
  atMs: number,
  watch: DeviceWatch,
): SourceStanding["device"] {
  const records = rows.flatMap(({ kind, validFrom, validTo, createdAt }): DeviceRecord[] =>
    isKnown(kind)
      ? [
          {
            kind,
            fromMs: validFrom.getTime(),
            toMs: validTo?.getTime() ?? null,
            recordedAtMs: createdAt.getTime(),
          },
        ]
      : [],
  );
  const requirements = requirementsAt(records, sourceKind, atMs);
  return {
    state: watchedStateAt(records, sourceKind, atMs, watch),
    isNamed: requirements !== undefined,
    lacks: requirements?.filter(({ status }) => status !== "held").map(({ kind }) => kind) ?? [],
    metrologySettled: metrologyAt(records, atMs) !== "unsettled",
  };
}
