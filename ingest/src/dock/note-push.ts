import { appendCustody } from "@mingcha/infra/custody";
import type { DockModel } from "@mingcha/infra/db";
import { dockLimits, osdSchema, payloadOsdSchema, type ReadMessage } from "@mingcha/models/dock";
import { machine } from "../intake/intake-deps.ts";
import type { DockDeps } from "./dock-deps.ts";
import { noteHeard } from "./note-heard.ts";

type Push = Extract<ReadMessage, { kind: "push" }>;

export interface Pushes {
  /** osd or state of a dock or its aircraft. `isLive`: it did not wait at the broker. */
  readonly note: (dock: DockModel, push: Push, isLive: boolean) => Promise<void>;
}

interface Device {
  writtenMs: number;
  unwritten: number;
}

interface Clock {
  messages: number;
  /** Largest device time less arrival: what came the quickest way. */
  offsetMs: number;
}

/** Keeps the last word of osd and state, seldom enough for the database, and compares the dock's clock with ours. */
export function createPushes(deps: DockDeps): Pushes {
  const devices = new Map<string, Device>();
  const clocks = new Map<string, Clock>();
  return {
    note: async (dock, push, isLive) => {
      const atMs = deps.now().getTime();
      const key = `${push.sn}:${push.topic}`;
      const device = devices.get(key) ?? { writtenMs: Number.NEGATIVE_INFINITY, unwritten: 0 };
      devices.set(key, device);
      device.unwritten += 1;
      if (isLive && push.deviceMs !== null && push.sn === dock.sn)
        await noteClock(deps, dock, clocks, push.deviceMs - atMs);
      if (atMs - device.writtenMs < dockLimits.osdEveryMs) return;
      const messages = device.unwritten;
      Object.assign(device, { writtenMs: atMs, unwritten: 0 });
      await noteHeard(deps, dock.sn, messages);
      const last = JSON.stringify({ [key]: { at: new Date(atMs).toISOString(), ...pick(push.data) } });
      await deps.db.$executeRaw`update dock_standing set osd = osd || ${last}::jsonb where sn = ${dock.sn}`;
    },
  };
}

/** What is kept of it; an unusable part is left out, the rest stays. */
function pick(data: Push["data"]): object {
  const payloads = Object.entries(data).flatMap(([index, value]) => {
    if (!/^\d+-\d+-\d+$/.test(index)) return [];
    const { data: found } = payloadOsdSchema.safeParse(value);
    return found === undefined || Object.keys(found).length === 0 ? [] : [[index, found] as const];
  });
  return {
    ...(osdSchema.safeParse(data).data ?? {}),
    ...(payloads.length === 0 ? {} : { payloads: Object.fromEntries(payloads.slice(0, 4)) }),
  };
}

/**
 * A comparison an hour at most, of the quickest of several messages: the way only ever makes the dock look slow. Kept with the dock; a sample of the
 * drone's source, whose recordings are dated by clocks that the dock sets, where it shows an error beyond its own: a bound too wide to show that a
 * clock is right within a second must neither stand for a sample that does nor suspend a device.
 */
async function noteClock(
  { db, now }: DockDeps,
  dock: DockModel,
  clocks: Map<string, Clock>,
  ms: number,
): Promise<void> {
  const { sn, sourceId } = dock;
  const clock = clocks.get(sn) ?? { messages: 0, offsetMs: Number.NEGATIVE_INFINITY };
  const offsetMs = Math.round(Math.max(clock.offsetMs, ms));
  clocks.set(sn, { messages: clock.messages + 1, offsetMs });
  if (clock.messages + 1 < dockLimits.clockMessages) return;
  clocks.delete(sn);
  const at = now();
  await db.$transaction(async (tx) => {
    const due = new Date(at.getTime() - dockLimits.clockEveryMs);
    const { count } = await tx.dockStanding.updateMany({
      where: { sn, OR: [{ clockAt: null }, { clockAt: { lte: due } }] },
      data: { clockAt: at, clockOffsetMs: offsetMs },
    });
    if (count === 0 || sourceId === null || Math.abs(offsetMs) <= dockLimits.clockUncertaintyMs) return;
    // the column holds 24 days; a device that says 1970 tells no more by saying how much
    const bounded = Math.max(-2e9, Math.min(2e9, offsetMs));
    const sample = { at, offsetMs: bounded, uncertaintyMs: dockLimits.clockUncertaintyMs, method: "mqtt" };
    await tx.clockSample.create({ data: { sourceId, ...sample } });
    await appendCustody(tx, {
      action: "device.clock_compared",
      subject: `source:${sourceId}`,
      actor: machine,
      detail: { ...sample, at: at.toISOString(), dock: sn },
    });
  });
}
