import { appendCustody } from "@mingcha/infra/custody";
import type { ClockOffset } from "@mingcha/models/streams";
import { machine } from "../intake/intake-deps.ts";
import type { LiveDeps } from "./live-deps.ts";

/** A comparison an hour, and at once when a device's clock has moved by more than this (house rule). */
const everyMs = 3_600_000;
const movedMs = 500;

/** Keeps what the device's own clock says against ours (sender reports of RTP, the date in an answer of HTTP), for the register and for guard G-04. */
export async function noteClock(
  { db }: Pick<LiveDeps, "db">,
  sourceId: string,
  offset: ClockOffset | null,
): Promise<void> {
  if (offset === null) return;
  const at = new Date(offset.atMs);
  const { uncertaintyMs, method } = offset;
  // a device that was never set says 1970 or 2000: the column holds 24 days, and more tells nobody more
  const offsetMs = Math.max(-2_000_000_000, Math.min(2_000_000_000, offset.offsetMs));
  const last = await db.clockSample.findFirst({ where: { sourceId, method }, orderBy: { at: "desc" } });
  if (last !== null && at.getTime() - last.at.getTime() < everyMs && Math.abs(last.offsetMs - offsetMs) < movedMs)
    return;
  await db.$transaction(async (tx) => {
    await tx.clockSample.create({ data: { sourceId, at, offsetMs, uncertaintyMs, method } });
    await appendCustody(tx, {
      action: "device.clock_compared",
      subject: `source:${sourceId}`,
      actor: machine,
      detail: { at: at.toISOString(), offsetMs, uncertaintyMs, method },
    });
  });
}
