import type { StreamModel, StreamStandingModel } from "@mingcha/infra/db";
import type { StreamView } from "@mingcha/models/http";
import {
  dropCauses,
  isStreamKind,
  isStreamPolicy,
  type StreamReason,
  type StreamState,
  streamReasons,
  streamStates,
} from "@mingcha/models/streams";
import type { Deps } from "../deps.ts";

const isState = (value: string): value is StreamState => Object.hasOwn(streamStates, value);
const isReason = (value: string): value is StreamReason => Object.hasOwn(streamReasons, value);
const isCause = (value: string): value is keyof typeof dropCauses => Object.hasOwn(dropCauses, value);
const mostRows = 100;

/** The part of a standing that lists show. A word of a newer version reads as waiting. */
export function viewStanding({ state, since, reason }: Pick<StreamStandingModel, "state" | "since" | "reason">) {
  return {
    state: isState(state) ? state : ("waiting" as const),
    since: since.toISOString(),
    reason: reason !== null && isReason(reason) ? reason : null,
  };
}

/** A live source with its standing, gaps and drops. @param mayChange whether the person may see the address. */
export async function viewStream({ db }: Pick<Deps, "db">, sourceId: string, mayChange: boolean): Promise<StreamView> {
  const [stream, standing, gaps, dropped] = await Promise.all([
    db.stream.findUnique({ where: { sourceId } }),
    db.streamStanding.findUnique({ where: { sourceId } }),
    db.streamGap.findMany({ where: { sourceId }, orderBy: { from: "desc" }, take: mostRows }),
    db.streamDrop.findMany({ where: { sourceId }, orderBy: { day: "desc" }, take: mostRows }),
  ]);
  return {
    sourceId,
    stream: stream === null ? null : viewSettings(stream, mayChange),
    standing:
      standing === null
        ? null
        : {
            ...viewStanding(standing),
            attempts: standing.attempts,
            nextTryAt: standing.nextTryAt?.toISOString() ?? null,
            lastPacketAt: standing.lastPacketAt?.toISOString() ?? null,
            clips: standing.clips,
            bytes: Number(standing.bytes),
          },
    gaps: gaps.map(({ from, to, reasons }) => ({
      from: from.toISOString(),
      to: to?.toISOString() ?? null,
      reasons: reasons.filter(isReason),
    })),
    dropped: dropped.flatMap(({ day, cause, clips, lengthMs }) =>
      isCause(cause) ? [{ day: day.toISOString().slice(0, 10), cause, clips, lengthMs: Number(lengthMs) }] : [],
    ),
  };
}

function viewSettings(stream: StreamModel, mayChange: boolean): StreamView["stream"] {
  const { kind, policy, url, userName, passwordBox, clipS, enabled, version } = stream;
  if (!isStreamKind(kind) || !isStreamPolicy(policy)) return null;
  const shown = mayChange ? { url, userName } : { url: null, userName: null };
  const where = mayChange ? { port: stream.onvifPort, path: stream.onvifPath } : { port: null, path: null };
  const onvif = { enabled: stream.onvifEnabled, ...where };
  return { kind, policy, ...shown, hasPassword: passwordBox !== null, clipS, enabled, version, onvif };
}
