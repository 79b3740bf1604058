import type { DockModel } from "@mingcha/infra/db";
import { dockLimits, osdSchema, payloadOsdSchema, type ReadMessage } from "@mingcha/models/dock";
import type { Arrival } from "./arrivals.ts";
import type { DockDeps } from "./dock-deps.ts";
import { noteHeard } from "./note-heard.ts";

type Push = Extract<ReadMessage, { kind: "push" }>;

export interface Pushes {
  /** osd or state of a dock or its aircraft. */
  readonly note: (dock: DockModel, push: Push, arrival: Arrival) => Promise<void>;
  /** What was received lately was read late: of clocks nothing follows from it. */
  readonly forgetClocks: () => void;
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
    forgetClocks: () => clocks.clear(),
    note: async (dock, push, { atMs, isPrompt }) => {
      const key = `${push.sn}:${push.topic}`;
      const device = devices.get(key) ?? { writtenMs: Number.NEGATIVE_INFINITY, unwritten: 0 };
      devices.set(key, device);
      device.unwritten += 1;
      if (isPrompt && push.deviceMs !== null && push.sn === dock.sn)
        await noteClock(deps, dock.sn, clocks, push.deviceMs, atMs);
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
 * A comparison an hour at most, of the quickest of several messages: the way only ever makes the dock look slow. It is shown with the dock and is
 * nothing more: who holds the dock's account writes what he likes, and a message that waited anywhere looks like a slow clock (ADR 0022).
 */
async function noteClock(
  { db }: Pick<DockDeps, "db">,
  sn: string,
  clocks: Map<string, Clock>,
  deviceMs: number,
  atMs: number,
): Promise<void> {
  const clock = clocks.get(sn) ?? { messages: 0, offsetMs: Number.NEGATIVE_INFINITY };
  const offsetMs = Math.round(Math.max(clock.offsetMs, deviceMs - atMs));
  clocks.set(sn, { messages: clock.messages + 1, offsetMs });
  if (clock.messages + 1 < dockLimits.clockMessages) return;
  clocks.delete(sn);
  await db.dockStanding.updateMany({
    where: { sn, OR: [{ clockAt: null }, { clockAt: { lte: new Date(atMs - dockLimits.clockEveryMs) } }] },
    data: { clockAt: new Date(atMs), clockOffsetMs: offsetMs },
  });
}
