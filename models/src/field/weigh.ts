import { distanceM } from "../geo/distance.ts";
import type { LonLat } from "../geo/gcj02.ts";
import type { FieldCandidate, FieldClip, Stretch } from "./candidate.ts";
import { fixesOf } from "./place-look.ts";
import type { FieldSettings } from "./settings.ts";

/** One fact about a recording and a candidate. `for` supports, `against` contradicts, `open` says nothing or not enough. Facts are never averaged. */
export interface FieldReason {
  readonly fact: "time" | "officer" | "recusal" | "position" | "uploader";
  readonly says: "for" | "against" | "open";
  readonly zh: string;
  readonly en: string;
}

/** `sure`: whatever its clock is off by, with what is known of the step; `possible`: if its clock is off in the right direction, or by assumption. */
export type TimeFit = "sure" | "possible" | "none" | "unknown";
export interface Weighed {
  readonly time: TimeFit;
  readonly overlapMs: number;
  readonly distanceM: number | null;
  readonly isOfficer: boolean;
  readonly isNear: boolean;
  readonly isUploader: boolean;
  readonly reasons: readonly FieldReason[];
}

const seconds = (ms: number): { zh: string; en: string } => {
  const [min, s] = [Math.floor(ms / 60_000), Math.round((ms % 60_000) / 1_000)];
  if (min === 0) return { zh: `${s} 秒`, en: `${s} s` };
  return min >= 60
    ? { zh: `${Math.floor(min / 60)} 小时 ${min % 60} 分`, en: `${Math.floor(min / 60)} h ${min % 60} min` }
    : { zh: s === 0 ? `${min} 分` : `${min} 分 ${s} 秒`, en: s === 0 ? `${min} min` : `${min} min ${s} s` };
};
const metres = (m: number): { zh: string; en: string } =>
  m >= 1_000
    ? { zh: `${(m / 1_000).toFixed(1)} 千米`, en: `${(m / 1_000).toFixed(1)} km` }
    : { zh: `${Math.round(m)} 米`, en: `${Math.round(m)} m` };

/** Lays one recording beside one candidate, fact by fact. */
export function weigh(clip: FieldClip, candidate: FieldCandidate, settings: FieldSettings): Weighed {
  const time = weighTime(clip, candidate, settings);
  const officer = weighOfficer(clip, candidate);
  const position = weighPosition(clip, candidate, settings);
  const isUploader = clip.uploaderId !== null && candidate.officers.some(({ id }) => id === clip.uploaderId);
  const hint: FieldReason[] =
    isUploader && officer.reason?.says !== "for"
      ? [
          {
            fact: "uploader",
            says: "open",
            zh: "上传人是该步骤的执法人员（仅供参考，不作依据）",
            en: "whoever handed it in is an officer of the step (a hint, no ground)",
          },
        ]
      : [];
  return {
    time: time.fit,
    overlapMs: time.overlapMs,
    distanceM: position.distanceM,
    isOfficer: officer.reason?.says === "for",
    isNear: position.reason?.says === "for",
    isUploader,
    reasons: [time.reason, officer.reason, ...officer.recusals, position.reason, ...hint].filter(
      (reason) => reason !== null,
    ),
  };
}

function weighTime(
  { fromMs, toMs, uncertaintyMs }: FieldClip,
  { span, kind }: FieldCandidate,
  { slackMs }: FieldSettings,
): { fit: TimeFit; overlapMs: number; reason: FieldReason | null } {
  if (span === null)
    return kind === "site" || kind === "tipping"
      ? { fit: "unknown", overlapMs: 0, reason: null }
      : {
          fit: "unknown",
          overlapMs: 0,
          reason: { fact: "time", says: "open", zh: "该步骤尚未记录时间", en: "nobody wrote down when the step was" },
        };
  const overlapMs = Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs);
  // it begins somewhere within its uncertainty: it still reaches into a stretch, or holds a moment, where it is off the wrong way
  const reachesInto = (part: Stretch): boolean =>
    Math.min(toMs - uncertaintyMs - part.fromMs, part.toMs - (fromMs + uncertaintyMs)) > 0;
  const unsure = seconds(uncertaintyMs);
  if (reachesInto(span.known ?? span))
    return {
      fit: "sure",
      overlapMs,
      reason: {
        fact: "time",
        says: "for",
        zh: `与该步骤同时录制 ${seconds(overlapMs).zh}（录像时间误差 ±${unsure.zh}）`,
        en: `recorded ${seconds(overlapMs).en} of it (its clock is sure within ±${unsure.en})`,
      },
    };
  const gap = seconds(Math.max(0, -overlapMs));
  if (overlapMs + uncertaintyMs + slackMs < 0)
    return {
      fit: "none",
      overlapMs,
      reason: { fact: "time", says: "against", zh: `与该步骤相隔 ${gap.zh}`, en: `${gap.en} apart from it` },
    };
  if (reachesInto(span))
    return {
      fit: "possible",
      overlapMs,
      reason: {
        fact: "time",
        says: "open",
        zh: `只与该步骤的推定时段重叠 ${seconds(overlapMs).zh}：没有登记的时刻可以佐证（推定依内部规则）`,
        en: `recorded ${seconds(overlapMs).en} of the time it is assumed to have taken, by a house rule; nothing dated bears that out`,
      },
    };
  return {
    fit: "possible",
    overlapMs,
    reason: {
      fact: "time",
      says: "open",
      zh:
        overlapMs > 0
          ? `可能与该步骤同时，但录像时间误差达 ±${unsure.zh}`
          : `与该步骤相隔 ${gap.zh}，在误差（±${unsure.zh}）或者前后 ${seconds(slackMs).zh}之内`,
      en:
        overlapMs > 0
          ? `perhaps recorded during it, but its clock is sure only within ±${unsure.en}`
          : `${gap.en} apart from it, within its error (±${unsure.en}) or ${seconds(slackMs).en} around it`,
    },
  };
}

function weighOfficer(
  { carriers }: FieldClip,
  { officers, recusedIds }: FieldCandidate,
): { reason: FieldReason | null; recusals: FieldReason[] } {
  const people = carriers.filter(({ personId }) => personId !== null);
  const recusals = people
    .filter(({ personId }) => recusedIds.includes(personId ?? ""))
    .map(
      ({ name }): FieldReason => ({
        fact: "recusal",
        says: "against",
        zh: `领用人${name}对该线索应当回避`,
        en: `its carrier ${name} is recused from that record`,
      }),
    );
  if (officers.length === 0) return { reason: null, recusals };
  if (people.length === 0)
    return {
      reason: {
        fact: "officer",
        says: "open",
        zh: "录制时该设备没有领用登记",
        en: "nobody is entered as its carrier at that time",
      },
      recusals,
    };
  const same = people.filter(({ personId }) => officers.some(({ id }) => id === personId));
  const listed = (all: readonly { name: string }[]) => all.map(({ name }) => name);
  if (same.length > 0)
    return {
      reason: {
        fact: "officer",
        says: "for",
        zh: `录制时由该步骤的执法人员${listed(same).join("、")}领用`,
        en: `carried by ${listed(same).join(", ")}, an officer of the step`,
      },
      recusals,
    };
  return {
    reason: {
      fact: "officer",
      says: "against",
      zh: `录制时由${listed(people).join("、")}领用，不是该步骤的执法人员（${listed(officers).join("、")}）`,
      en: `carried by ${listed(people).join(", ")}, not by an officer of the step (${listed(officers).join(", ")})`,
    },
    recusals,
  };
}

function weighPosition(
  clip: FieldClip,
  candidate: FieldCandidate,
  settings: FieldSettings,
): { reason: FieldReason | null; distanceM: number | null } {
  if (candidate.ownSources.includes(clip.sourceId))
    return {
      distanceM: 0,
      reason: { fact: "position", says: "for", zh: "登记为该处的设备", en: "registered as a device of the place" },
    };
  const { at } = candidate;
  if (at === null)
    return {
      distanceM: null,
      reason: { fact: "position", says: "open", zh: "该步骤没有位置", en: "the step has no position" },
    };
  const nearest = closestApproach(clip, candidate, settings);
  if (nearest === null)
    return {
      distanceM: null,
      reason: {
        fact: "position",
        says: "open",
        zh: "录像在该时段没有定位",
        en: "the recording has no fix of that time",
      },
    };
  const errorM = nearest.errorM + at.errorM;
  const [away, off] = [metres(nearest.distanceM), metres(errorM)];
  const limits = { near: metres(settings.nearM), far: metres(settings.farM) };
  const says =
    nearest.distanceM + errorM <= settings.nearM
      ? "for"
      : nearest.distanceM - errorM > settings.farM
        ? "against"
        : "open";
  const why = {
    for: { zh: `在 ${limits.near.zh}以内`, en: `within ${limits.near.en}` },
    against: { zh: `超出 ${limits.far.zh}`, en: `beyond ${limits.far.en}` },
    open: { zh: "不足以判断", en: "not enough to tell" },
  }[says];
  return {
    distanceM: nearest.distanceM,
    reason: {
      fact: "position",
      says,
      zh: `定位距该处 ${away.zh}（误差 ±${off.zh}），${why.zh}`,
      en: `its fix is ${away.en} away (±${off.en}), ${why.en}`,
    },
  };
}

/** How near the recording came while it may have been the step's time; over all of it where the candidate has no time. */
function closestApproach(
  clip: FieldClip,
  { span, at, radiusM = 0 }: FieldCandidate,
  settings: FieldSettings,
): { distanceM: number; errorM: number } | null {
  if (at === null) return null;
  const awayOf = (point: LonLat): number => Math.max(0, distanceM(point, at) - radiusM);
  if (clip.standsAt !== null) return { distanceM: awayOf(clip.standsAt), errorM: clip.standsAt.errorM };
  const [fromMs, toMs] =
    span === null
      ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [span.fromMs - clip.uncertaintyMs, span.toMs + clip.uncertaintyMs];
  const all = fixesOf(clip.track);
  const during = all.filter(({ offsetMs }) => clip.fromMs + offsetMs >= fromMs && clip.fromMs + offsetMs <= toMs);
  // of a recording just before or after the step, where it ended or began
  const used = during.length > 0 ? during : nearestInTime(all, clip.fromMs, fromMs, toMs, settings.slackMs);
  return used.reduce<{ distanceM: number; errorM: number } | null>((best, fix) => {
    const away = awayOf(fix);
    const errorM = fix.sigmaM === null ? settings.fixErrorM : fix.sigmaM * 2.4477;
    return best === null || away < best.distanceM ? { distanceM: away, errorM } : best;
  }, null);
}

function nearestInTime<F extends { offsetMs: number }>(
  fixes: readonly F[],
  startMs: number,
  fromMs: number,
  toMs: number,
  slackMs: number,
): F[] {
  const awayOf = ({ offsetMs }: F): number => Math.max(fromMs - (startMs + offsetMs), startMs + offsetMs - toMs, 0);
  const nearest = fixes.reduce<F | null>(
    (best, fix) => (best === null || awayOf(fix) < awayOf(best) ? fix : best),
    null,
  );
  return nearest === null || awayOf(nearest) > slackMs ? [] : [nearest];
}
