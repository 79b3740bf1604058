/** A machine's clock against Beijing time as a time server tells it; positive: the machine runs ahead. */
export interface HostClock {
  readonly aheadMs: number;
  /** Half the way of the packets and what the server says of itself (RFC 5905 root distance). */
  readonly uncertaintyMs: number;
  readonly measuredAtMs: number;
}

/** A machine whose clock is off by more is told on the status page (house rule: a fifth of the limit of GA/T 832, 1.0 s). */
export const hostLimitMs = 200;
/** Added to a comparison while nobody has compared the machine's own clock (house rule: what a machine kept by NTP over a wide network stays within, three times). */
export const unknownHostMs = 300;
/** So fast may a machine's clock go off since it was compared: 20 parts in a million, an ordinary quartz (house rule). */
export const hostDriftPpm = 20;
/** Older than this a comparison of the machine's clock counts as none (house rule). */
export const hostReachMs = 6 * 3_600_000;

/** Why a machine's clock could not be compared with a time server. */
export const hostClockReasons = {
  not_configured: {
    zh: "未配置授时服务器（MINGCHA_NTP_SERVERS）",
    en: "No time server is configured (MINGCHA_NTP_SERVERS)",
  },
  name_unknown: { zh: "找不到授时服务器的主机名", en: "The name of the time server is not known" },
  no_answer: { zh: "授时服务器未应答", en: "The time server does not answer" },
  forged: {
    zh: "应答不是对本机请求的回复，已拒绝（疑似伪造）",
    en: "Answers were not to our question and were refused (forged, it seems)",
  },
  told_to_stop: {
    zh: "授时服务器要求停止询问（kiss-o'-death）",
    en: "The time server tells us to stop asking (kiss-o'-death)",
  },
  unsynchronised: { zh: "授时服务器自身未同步", en: "The time server is not synchronised itself" },
  not_understood: { zh: "应答不是 NTP 时间", en: "The answer is no NTP time" },
  too_unsure: { zh: "授时服务器的误差超过 1 秒", en: "The time server is more than 1 s unsure" },
  set_meanwhile: { zh: "核对期间本机时钟被调整", en: "This machine's clock was set while it was compared" },
  disagree: { zh: "授时服务器互相矛盾", en: "The time servers contradict one another" },
} as const satisfies Record<string, { zh: string; en: string }>;
export type HostClockReason = keyof typeof hostClockReasons;
export const hostClockReasonCodes = Object.keys(hostClockReasons) as [HostClockReason, ...HostClockReason[]];
export const isHostClockReason = (code: string): code is HostClockReason => Object.hasOwn(hostClockReasons, code);

/** How a machine's clock stands, for the status page. */
export const hostConditionCodes = ["ok", "over", "unknown"] as const;
export type HostCondition = (typeof hostConditionCodes)[number];

export function hostConditionOf(clock: HostClock | null, nowMs: number): HostCondition {
  if (clock === null || nowMs - clock.measuredAtMs > hostReachMs) return "unknown";
  return Math.abs(clock.aheadMs) + clock.uncertaintyMs > hostLimitMs ? "over" : "ok";
}

interface Offset {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** What a comparison against a machine's clock says about Beijing time. */
export interface AgainstBeijing extends Offset {
  /** Null: nobody knows how the machine's clock stands. */
  readonly hostAheadMs: number | null;
  readonly hostUncertaintyMs: number;
}

/**
 * Device − Beijing = (device − machine) + (machine − Beijing). Errors add up; what the machine's clock may have gone off since it was compared
 * is among them. A machine nobody compared adds {@link unknownHostMs} and is told as unknown.
 */
export function againstBeijing(
  { offsetMs, uncertaintyMs }: Offset,
  host: HostClock | null,
  atMs: number,
): AgainstBeijing {
  const ageMs = host === null ? 0 : Math.abs(atMs - host.measuredAtMs);
  if (host === null || ageMs > hostReachMs)
    return {
      offsetMs,
      uncertaintyMs: uncertaintyMs + unknownHostMs,
      hostAheadMs: null,
      hostUncertaintyMs: unknownHostMs,
    };
  const hostUncertaintyMs = Math.ceil(host.uncertaintyMs + (ageMs * hostDriftPpm) / 1e6);
  return {
    offsetMs: offsetMs + Math.round(host.aheadMs),
    uncertaintyMs: uncertaintyMs + hostUncertaintyMs,
    hostAheadMs: Math.round(host.aheadMs),
    hostUncertaintyMs,
  };
}
