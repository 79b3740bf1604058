import { clockDoubtsAt, isClockReason, methodsOfStream } from "@mingcha/models/device";
import type { ClockView } from "@mingcha/models/http";
import { isStreamKind } from "@mingcha/models/streams";
import type { Deps } from "../deps.ts";
import { readSample } from "../devices/load-device.ts";
import { findOpenRequest } from "./ask-clock.ts";
import { toldText } from "./told-text.ts";

/** Three methods an hour for a month are as many. */
const pointsMax = 2_500;
const dayMs = 86_400_000;

/** The clock of a source over the last days. */
export async function viewClock(
  { db, profile, now }: Pick<Deps, "db" | "profile" | "now">,
  source: { readonly id: string; readonly timezone: string },
  days: number,
): Promise<Omit<ClockView, "askBarred">> {
  const { id: sourceId, timezone } = source;
  const to = now();
  const from = new Date(to.getTime() - days * dayMs);
  const [rows, tries, stream, open] = await Promise.all([
    db.clockSample.findMany({
      where: { sourceId, at: { gte: from, lte: to } },
      orderBy: { at: "desc" },
      take: pointsMax + 1,
    }),
    db.clockTry.findMany({ where: { sourceId } }),
    db.stream.findUnique({ where: { sourceId }, select: { kind: true, enabled: true } }),
    findOpenRequest(db, sourceId, to),
  ]);
  const methods = stream !== null && isStreamKind(stream.kind) ? methodsOfStream(stream.kind) : [];
  return {
    sourceId,
    timezone,
    from: from.toISOString(),
    to: to.toISOString(),
    limitMs: profile.review.maxClockErrorMs,
    points: rows
      .slice(0, pointsMax)
      .reverse()
      .map((row) => ({
        at: row.at.toISOString(),
        offsetMs: row.offsetMs,
        uncertaintyMs: row.uncertaintyMs,
        method: row.method,
        hostAheadMs: row.hostAheadMs,
        hostKnown: row.machine === null || row.hostAheadMs !== null,
        told: toldText(row.detail),
      })),
    isCut: rows.length > pointsMax,
    methods: methods.map((method) => {
      const tried = tries.find((row) => row.method === method);
      return {
        method,
        triedAt: tried?.triedAt.toISOString() ?? null,
        reason: tried?.reason != null && isClockReason(tried.reason) ? tried.reason : null,
        since: tried?.since.toISOString() ?? null,
      };
    }),
    notes: clockDoubtsAt(rows.map(readSample), to.getTime()),
    askedAt: open?.askedAt.toISOString() ?? null,
  };
}
