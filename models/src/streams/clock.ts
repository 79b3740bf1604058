import type { MeasuringMethod } from "../device/clock-methods.ts";

/** RTP clock of video, ticks a second (RFC 6184 §5.1, RFC 7798 §4.1). */
export const rtpTicksPerS = 90_000;

/** Delay between capture and arrival that nobody can see from here: encoder, network (ingest note §4.2: 0.1 to 2 s, an estimate). */
export const unseenDelayMs = 500;
/** How far beyond it a start may lie when only arrivals are known. */
export const arrivalUncertaintyMs = 1_500;
/** A device whose own clock tells within this of the arrivals is believed; one further off is only noted (house rule). */
export const believedOffsetMs = 2_000;
/** What a sender report adds: the camera's clock at the wire, milliseconds of jitter. */
export const rtcpUncertaintyMs = 200;

/** A sender report: the device's own wall clock at an RTP time (RFC 3550 §6.4.1). */
export interface SenderReport {
  /** Unwrapped ticks. */
  readonly ticks: number;
  readonly deviceMs: number;
  readonly arrivedMs: number;
}

export interface RtpClock {
  /** A packet of the video came. @returns its ticks, unwrapped beyond 32 bits. */
  packet(rtpTime: number, arrivedMs: number): number;
  report(rtpTime: number, deviceMs: number, arrivedMs: number): void;
  /** A request was answered after so long: half of the quickest is taken for the way of a packet. */
  roundTrip(ms: number): void;
  /** When the frame of these ticks after the first packet was taken, or null before the first packet. */
  at(offsetS: number): FrameTime | null;
  /** The clock by which arrivals are told was set by so much: what is known of earlier ones goes over to its new scale. */
  set(byMs: number): void;
  /** Null: no report yet. */
  offset(): RtpOffset | null;
}

/** A comparison before it is said on which scale it was made. */
export type RtpOffset = Omit<ClockOffset, "scaleMs">;

/** Device clock less ours at an instant; positive: it runs ahead. What the way of a packet may have been makes it uncertain. */
export interface ClockOffset {
  /** How it was told. */
  readonly method: MeasuringMethod;
  readonly atMs: number;
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
  /** Our wall clock less a count that nobody sets, as both stood then: a comparison holds for the wall clock of that scale alone. */
  readonly scaleMs: number;
  /** What only its method tells; words and numbers. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * How the time of a picture was told: by the camera's own clock in RTCP or in a playlist of HLS, by when its packets came, or by when a single
 * picture was asked for and came.
 */
export const frameTimeMethods = ["rtcp", "playlist", "arrival", "request"] as const;
export type FrameTimeMethod = (typeof frameTimeMethods)[number];

export interface FrameTime {
  /** Best account of the capture, on our clock's scale. */
  readonly atMs: number;
  readonly method: FrameTimeMethod;
  readonly uncertaintyMs: number;
  /** What the device's own clock said, where it says anything. */
  readonly deviceMs: number | null;
}

/** Length of a stretch of which the quickest arrival is kept; the last few together are the envelope. */
const stretchMs = 30_000;
const stretches = 6;
/** A server may send what it has ahead of its time at first: packets of so long tell only until later ones do. */
const settlingMs = 2_000;

/**
 * Puts RTP times on the wall clock. Delay only ever adds, so the quickest arrivals of the last minutes tell the relation (lower envelope,
 * ingest note §4.2); a sender report gives the device's own account, believed where it agrees with the arrivals.
 */
export function createRtpClock(): RtpClock {
  let first: number | null = null;
  let last = 0;
  let envelope: { fromMs: number; leastMs: number }[] = [];
  let firstArrivedMs: number | null = null;
  let hasSettled = false;
  let sender: SenderReport | null = null;
  let quickestMs: number | null = null;

  const unwrap = (rtpTime: number): number => {
    if (first === null) {
      first = rtpTime;
      last = rtpTime;
      return rtpTime;
    }
    // nearest to the last one: B-frames go back a little, 32 bits go round in half a day
    let step = (rtpTime - last) % 2 ** 32;
    if (step > 2 ** 31) step -= 2 ** 32;
    if (step < -(2 ** 31)) step += 2 ** 32;
    return last + step;
  };
  /** Time of RTP zero, with the way of a packet taken off. */
  const relation = (): number => Math.min(...envelope.map(({ leastMs }) => leastMs)) - (quickestMs ?? 0) / 2;

  return {
    packet: (rtpTime, arrivedMs) => {
      const ticks = unwrap(rtpTime);
      if (ticks > last) last = ticks;
      const zeroMs = arrivedMs - (ticks / rtpTicksPerS) * 1_000;
      firstArrivedMs ??= arrivedMs;
      if (!hasSettled && arrivedMs - firstArrivedMs >= settlingMs) {
        hasSettled = true;
        envelope = [];
      }
      const current = envelope.at(-1);
      if (current === undefined || arrivedMs - current.fromMs >= stretchMs)
        envelope = [...envelope.slice(1 - stretches), { fromMs: arrivedMs, leastMs: zeroMs }];
      else current.leastMs = Math.min(current.leastMs, zeroMs);
      return ticks;
    },
    roundTrip: (ms) => {
      quickestMs = Math.min(quickestMs ?? ms, ms);
    },
    report: (rtpTime, deviceMs, arrivedMs) => {
      if (first === null) return;
      sender = { ticks: unwrap(rtpTime), deviceMs, arrivedMs };
    },
    at: (offsetS) => {
      if (first === null) return null;
      const ticks = first + offsetS * rtpTicksPerS;
      const arrivedMs = relation() + (ticks / rtpTicksPerS) * 1_000;
      const deviceMs = sender === null ? null : sender.deviceMs + ((ticks - sender.ticks) / rtpTicksPerS) * 1_000;
      const believed = deviceMs !== null && Math.abs(deviceMs - arrivedMs) <= believedOffsetMs;
      return believed
        ? { atMs: deviceMs, method: "rtcp", uncertaintyMs: rtcpUncertaintyMs, deviceMs }
        : { atMs: arrivedMs - unseenDelayMs, method: "arrival", uncertaintyMs: arrivalUncertaintyMs, deviceMs };
    },
    set: (byMs) => {
      envelope = envelope.map(({ fromMs, leastMs }) => ({ fromMs: fromMs + byMs, leastMs: leastMs + byMs }));
      if (firstArrivedMs !== null) firstArrivedMs += byMs;
      if (sender !== null) sender = { ...sender, arrivedMs: sender.arrivedMs + byMs };
    },
    offset: () => {
      if (sender === null) return null;
      const arrivedMs = relation() + (sender.ticks / rtpTicksPerS) * 1_000;
      return {
        method: "rtcp",
        atMs: sender.arrivedMs,
        offsetMs: Math.round(sender.deviceMs - arrivedMs),
        uncertaintyMs: Math.max(rtcpUncertaintyMs, Math.round((quickestMs ?? 0) / 2) + 50),
      };
    },
  };
}
