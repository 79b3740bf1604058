import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { appendCustody } from "@mingcha/infra/custody";
import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import {
  broughtT,
  type FoundLead,
  findingsOf,
  type KnownLead,
  type LeadState,
  marginMs,
  planLeads,
  type Reconciled,
  reconcileInSteps,
  spanOfDay,
  type Trip,
} from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import { loadCameraPasses } from "./camera-passes.ts";
import { loadRegisterHistory } from "./load-register.ts";
import { loadEvents, loadPoints } from "./load-rows.ts";
import {
  type LeadDocument,
  type LeadFacts,
  leadDocumentSchema,
  leadFactsSchema,
  tripDocumentSchema,
} from "./trip-document.ts";

type Needs = Pick<Deps, "db" | "profile" | "now">;
const atOnce = 200;
/** So far the clocks of this process and of the database may be apart. */
const clocksMs = 5_000;

/**
 * Compares the trips that begin on a day, in one transaction: either all of it stands or what stood before. Twice gives the same; a decision of a
 * person on a lead is never changed, nor what it was taken on. Later days are compared again where this one now counts otherwise against a permit's quota.
 */
export async function compareDay(deps: Needs, day: string): Promise<void> {
  const { profile } = deps;
  const span = spanOfDay(day, profile.timezone);
  const around = { fromMs: span.fromMs - marginMs(profile.trucks), toMs: span.toMs + marginMs(profile.trucks) };
  await deps.db.$transaction(
    async (tx) => {
      const [asked] = await tx.$queryRaw<{ wanted: number; done: number }[]>`
        select wanted, done from truck_day where day = ${day} for update`;
      if (asked === undefined || asked.wanted === asked.done) return;
      // what changes from here on, by whichever clock, was maybe not read
      const since = new Date(deps.now().getTime() - clocksMs);
      const register = await loadRegisterHistory(tx, around);
      const [events, cameras, points] = [
        await loadEvents(tx, around),
        await loadCameraPasses(tx, register, around, profile.trucks),
        await loadPoints(tx, around),
      ];
      const trips = await inSteps({
        events: [...events, ...cameras],
        points,
        register,
        settings: profile.trucks,
        timezone: profile.timezone,
        window: span,
        usedT: await loadUsed(tx, new Date(span.fromMs)),
      });
      const before = await quotaOf(tx, day);
      await tx.truckTrip.deleteMany({ where: { day } });
      for (let from = 0; from < trips.length; from += atOnce)
        await tx.truckTrip.createMany({ data: trips.slice(from, from + atOnce).map((trip) => tripRow(trip, day)) });
      if ((await quotaOf(tx, day)) !== before)
        await tx.$executeRaw`update truck_day set wanted = wanted + 1 where day > ${day} and wanted = done`;
      // last, for it ends in the custody log: an import takes days and then the log as well
      await settleLeads(tx, { day, found: findingsOf(trips), now: deps.now() });
      await tx.truckDay.update({ where: { day }, data: { done: asked.wanted, doneAt: since } });
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
}

const stepsAtOnce = 10;

/** Compares, letting other requests have their turn in between. */
async function inSteps(given: Reconciled): Promise<Trip[]> {
  const steps = reconcileInSteps(given);
  for (let nth = 1; ; nth++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (nth % stepsAtOnce === 0) await setImmediate();
  }
}

/** The same trip keeps its id when its day is compared again: people keep its address. An id as RFC 9562 forms one from a name (version 8). */
function idOf(key: string): string {
  const hex = createHash("sha256").update(`truck-trip:${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function tripRow(trip: Trip, day: string) {
  return {
    id: idOf(trip.key),
    key: trip.key,
    day,
    plate: trip.plate,
    site: trip.site,
    startAt: new Date(trip.startMs),
    findings: trip.checks.filter(({ verdict }) => verdict === "finding").length,
    permitId: trip.permit?.id ?? null,
    broughtT: broughtT(trip),
    document: tripDocumentSchema.parse(trip) satisfies Prisma.InputJsonObject,
  };
}

/** Tonnes that trips before an instant brought under each permit. */
export async function loadUsed(tx: DatabaseOrTransaction, before: Date): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; tonnes: number }[]>`
    select permit_id as id, sum(brought_t)::float8 as tonnes from truck_trip
    where permit_id is not null and brought_t is not null and start_at < ${before} group by permit_id`;
  return new Map(rows.map(({ id, tonnes }) => [id, tonnes]));
}

/** What a day counts against quotas, as a text to compare. */
async function quotaOf(tx: DatabaseOrTransaction, day: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ text: string | null }[]>`
    select string_agg(id || ' ' || tonnes, ',' order by id) as text from (
      select permit_id::text as id, round(sum(brought_t)::numeric, 3)::text as tonnes from truck_trip
      where day = ${day} and permit_id is not null and brought_t is not null group by permit_id
    ) q`;
  return row?.text ?? "";
}

async function settleLeads(
  tx: DatabaseOrTransaction,
  { day, found, now }: { day: string; found: readonly FoundLead[]; now: Date },
): Promise<void> {
  const keys = found.map(({ key }) => key);
  // a step that a person is taking comes before or after: none is written over
  await tx.$queryRaw`select 1 from truck_lead where day = ${day} or key = any(${keys}::text[]) order by id for update`;
  const rows = await tx.truckLead.findMany({ where: { OR: [{ day }, { key: { in: keys } }] } });
  const known = rows.map((row): KnownLead & { version: number; isUnfound: boolean; document: LeadDocument } => {
    const document = leadDocumentSchema.parse(row.document);
    return {
      id: row.id,
      key: row.key,
      rule: row.rule,
      plate: row.plate,
      state: row.state as LeadState,
      tripRows: (document.since ?? document).tripRows,
      version: row.version,
      isUnfound: row.unfoundAt !== null,
      document,
    };
  });
  const versions = new Map(known.map((lead) => [lead.id, lead]));
  const plan = planLeads(known, found);
  // a key may pass from one lead to another: those that change theirs make room first
  const moved = plan.keep.filter(({ lead, found: one }) => lead.key !== one.key);
  for (const { lead } of moved)
    await tx.truckLead.update({ where: { id: lead.id }, data: { key: `moving|${lead.id}` } });
  const changed: { lead: KnownLead; version: number }[] = [];
  for (const { lead, found: one, state } of plan.keep) {
    const { document, version } = versions.get(lead.id) as (typeof known)[number];
    const isChanged = !isDeepStrictEqual(leadFactsSchema.parse(document.since ?? document), factsOf(one));
    const isDecided = state === "TAKEN_UP" || state === "DISCARDED";
    if (isDecided && isChanged) changed.push({ lead, version: version + 1 });
    await tx.truckLead.update({
      where: { id: lead.id },
      data: {
        ...(isDecided ? decidedColumns(one, day, document) : leadColumns(one, day)),
        unfoundAt: null,
        state,
        ...(state === lead.state && !isChanged ? {} : { version: { increment: 1 } }),
      },
    });
  }
  for (const lead of plan.lapse)
    await tx.truckLead.update({
      where: { id: lead.id },
      data: { state: "LAPSED", unfoundAt: now, version: { increment: 1 } },
    });
  for (const lead of plan.unfound)
    if (versions.get(lead.id)?.isUnfound === false)
      await tx.truckLead.update({ where: { id: lead.id }, data: { unfoundAt: now } });
  if (plan.create.length > 0)
    await tx.truckLead.createMany({
      data: plan.create.map((one) => ({ ...leadColumns(one, day), state: "NEW", foundAt: now })),
    });
  for (const { lead, version } of changed)
    await appendCustody(tx, {
      action: "truck.lead_changed",
      subject: `truck-lead:${lead.id}`,
      actor: { kind: "machine", id: "api", name: "api" },
      detail: { rule: lead.rule, state: lead.state, version },
    });
  const lapsed = plan.lapse.length;
  const back = plan.keep.filter(({ lead }) => lead.state === "LAPSED").length;
  if (plan.create.length + lapsed + back > 0)
    await appendCustody(tx, {
      action: "truck.lead_found",
      subject: `truck-day:${day}`,
      actor: { kind: "machine", id: "api", name: "api" },
      detail: { created: plan.create.length, lapsed, back },
    });
}

function leadColumns(found: FoundLead, day: string) {
  const { key, rule, trip, check } = found;
  const [longitude, latitude] = check.at ?? [null, null];
  return {
    key,
    rule,
    plate: trip.plate,
    site: trip.site ?? null,
    day,
    at: new Date(trip.startMs),
    longitude,
    latitude,
    document: { ...factsOf(found), tripKey: trip.key } satisfies Prisma.InputJsonObject,
  };
}

const factsOf = ({ trip, check }: FoundLead): LeadFacts =>
  leadFactsSchema.parse({
    check,
    tripRows: trip.rows.map((row) => row.key),
    flagIds: trip.rows.flatMap(({ origin }) => origin.flagId ?? []),
    tipping: trip.entry?.tipping ?? null,
  });

/** What a person decided on stays as it was; what is found now stands beside it where it differs. */
function decidedColumns(found: FoundLead, day: string, document: LeadDocument) {
  const decided = leadFactsSchema.parse(document);
  const now = factsOf(found);
  return {
    key: found.key,
    day,
    document: {
      ...decided,
      tripKey: found.trip.key,
      ...(isDeepStrictEqual(decided, now) ? {} : { since: now }),
    } satisfies Prisma.InputJsonObject,
  };
}
