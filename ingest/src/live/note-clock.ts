import { appendCustody } from "@mingcha/infra/custody";
import { againstBeijing } from "@mingcha/models/device";
import type { ClockOffset } from "@mingcha/models/streams";
import { machine } from "../intake/intake-deps.ts";
import type { LiveDeps } from "./live-deps.ts";
import { isOtherScale, wallScaleMs } from "./wall-scale.ts";

/** About one comparison an hour (a turn comes a little early or late), and at once when a device's clock has moved by more than this (house rule). */
const everyMs = 50 * 60_000;
const movedMs = 500;
/** A connection that comes and goes, or a clock that jumps about, writes no more than this. */
const leastApartMs = 60_000;

/** Why a clock is compared: its turn has come, a connection has just been made, a person asked for it. */
export type CompareWhy = "turn" | "connected" | "asked";

/**
 * Keeps what a device's clock says against Beijing time, for the register and for guard G-04: the offset to this machine's clock, corrected by what
 * that one is off, the errors added; its instant corrected likewise. Each method for itself. What was measured by a wall clock that was set since,
 * or by one that nobody has compared since it was set, is dropped. @returns whether it was written.
 */
export async function noteClock(
  { db, hostClock }: Pick<LiveDeps, "db" | "hostClock">,
  sourceId: string,
  offset: ClockOffset,
  why: CompareWhy = "turn",
): Promise<boolean> {
  const { method, atMs, scaleMs, detail } = offset;
  if (hostClock.isUnsettled() || isOtherScale(scaleMs, wallScaleMs())) return false;
  const told = againstBeijing(offset, hostClock.current(), atMs);
  const { uncertaintyMs, hostAheadMs, hostUncertaintyMs } = told;
  const at = new Date(atMs - (hostAheadMs ?? 0));
  // a device that was never set says 1970 or 2000: the column holds 24 days, and more tells nobody more
  const offsetMs = Math.max(-2_000_000_000, Math.min(2_000_000_000, told.offsetMs));
  // what a machine that ran ahead stamped in the future silences nothing
  const now = new Date(Date.now() - (hostAheadMs ?? 0));
  const last = await db.clockSample.findFirst({
    where: { sourceId, method, at: { lte: now } },
    orderBy: { at: "desc" },
  });
  if (last !== null && why !== "asked") {
    const apartMs = at.getTime() - last.at.getTime();
    const isWanted = why === "connected" || apartMs >= everyMs || Math.abs(last.offsetMs - offsetMs) >= movedMs;
    if (apartMs < leastApartMs || !isWanted) return false;
  }
  await db.$transaction(async (tx) => {
    const { machine: host } = hostClock;
    await tx.clockSample.create({
      data: {
        sourceId,
        at,
        offsetMs,
        uncertaintyMs,
        method,
        machine: host,
        hostAheadMs,
        hostUncertaintyMs,
        ...(detail === undefined ? {} : { detail }),
      },
    });
    await appendCustody(tx, {
      action: "device.clock_compared",
      subject: `source:${sourceId}`,
      actor: machine,
      detail: {
        at: at.toISOString(),
        offsetMs,
        uncertaintyMs,
        method,
        machine: host,
        hostAheadMs,
        hostUncertaintyMs,
        ...(detail === undefined ? {} : { told: detail }),
      },
    });
  });
  return true;
}
