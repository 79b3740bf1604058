import { distanceM } from "../../geo/distance.ts";
import type { TrackPoint } from "../observations.ts";
import { minutesOutside } from "../permit-time.ts";
import { distanceToLinesM } from "../route-line.ts";
import { coveredShare } from "../track.ts";
import { cannotSay, clock, isEmpty, leftEmpty, noDeparture, notInForce, type Rule, round, unsure } from "./rule.ts";

/** Points on end that lie beyond the limit, and the farthest of them. */
type OffRun = { fromMs: number; toMs: number; beyondM: number; at: TrackPoint | null };

/** The longest stretch of points beyond a limit, none further apart in time than a gap. */
function longestRun(points: readonly { point: TrackPoint; beyondM: number }[], limitM: number, gapMs: number): OffRun {
  let best: OffRun = { fromMs: 0, toMs: 0, beyondM: 0, at: null };
  let run: OffRun | undefined;
  for (const { point, beyondM } of points) {
    const { atMs } = point;
    if (beyondM <= limitM) run = undefined;
    else if (run === undefined || atMs - run.toMs > gapMs) run = { fromMs: atMs, toMs: atMs, beyondM, at: point };
    else if (beyondM > run.beyondM) run = { ...run, toMs: atMs, beyondM, at: point };
    else run = { ...run, toMs: atMs };
    if (run !== undefined && run.toMs - run.fromMs > best.toMs - best.fromMs) best = run;
  }
  return best;
}

export const offCorridor: Rule = (facts) => {
  const { departure, inForce, settings, site, register, endMs, arrivedMs } = facts;
  const points = arrivedMs === null ? facts.points : facts.points.filter(({ atMs }) => atMs <= arrivedMs);
  if (departure === null) return noDeparture;
  if (isEmpty(facts)) return leftEmpty;
  if (!departure.isSure) return unsure;
  if (points.length < 2) return cannotSay("没有该车此行的轨迹。", "There is no track of this trip.");
  if (inForce.length === 0) return notInForce;
  const corridors = inForce.flatMap(({ fact }) =>
    fact.route === null || fact.corridorM === null ? [] : [{ route: fact.route, halfM: fact.corridorM / 2 }],
  );
  if (corridors.length < inForce.length) return cannotSay("许可没有登记路线。", "The permit has no route entered.");
  const places = [...(site === null ? [] : [site]), ...register.tippings].map(({ fact }) => ({
    ...fact,
    radiusM: (fact.radiusM ?? settings.placeRadiusM) + settings.gpsErrorM,
  }));
  const beyondM = (point: TrackPoint): number =>
    places.some((place) => distanceM(point, place) <= place.radiusM)
      ? 0
      : Math.min(...corridors.map(({ route, halfM }) => distanceToLinesM(point, route) - halfM)) - settings.gpsErrorM;
  const best = longestRun(
    points.map((point) => ({ point, beyondM: beyondM(point) })),
    settings.offCorridorM,
    settings.trackGapS * 1_000,
  );
  const offMin = (best.toMs - best.fromMs) / 60_000;
  const share = coveredShare(points, departure.atMs, endMs, settings.trackGapS * 1_000);
  const limits = {
    zh: `走廊边缘外 ${settings.offCorridorM} 米、${settings.offCorridorMin} 分钟，定位误差 ${settings.gpsErrorM} 米已扣除`,
    en: `limits: ${settings.offCorridorM} m beyond the corridor's edge and ${settings.offCorridorMin} min, the receiver's error of ${settings.gpsErrorM} m taken off`,
  };
  if (best.at !== null && offMin > settings.offCorridorMin)
    return {
      verdict: "finding",
      text: {
        zh: `连续 ${round(offMin)} 分钟在走廊边缘外，最远 ${Math.round(best.beyondM)} 米（限值：${limits.zh}）。`,
        en: `${round(offMin)} minutes on end beyond the corridor's edge, ${Math.round(best.beyondM)} m at most (${limits.en}).`,
      },
      measured: round(offMin),
      threshold: settings.offCorridorMin,
      margin: round(offMin - settings.offCorridorMin),
      unit: "min",
      at: [best.at.longitude, best.at.latitude],
    };
  if (arrivedMs !== null)
    return cannotSay(
      "轨迹至消纳点未超出限值，但没有进场记录；其后去向不作判断。",
      "The track stays within the limits as far as a tipping site, where no entry is on record; what comes after is not judged.",
    );
  if (share < settings.trackShare)
    return cannotSay(
      `轨迹只覆盖此行的 ${Math.round(share * 100)}%，缺失处去向不明。`,
      `The track covers only ${Math.round(share * 100)} % of the trip; where it was else nobody knows.`,
    );
  return {
    verdict: "fine",
    text: { zh: `轨迹未超出限值（${limits.zh}）。`, en: `The track stays within the limits (${limits.en}).` },
    measured: round(offMin),
    threshold: settings.offCorridorMin,
    unit: "min",
  };
};

export const outsideHours: Rule = (facts) => {
  const { departure, entry, inForce, settings, timezone, arrivedMs } = facts;
  const gantries = facts.gantries.filter(({ atMs }) => arrivedMs === null || atMs <= arrivedMs);
  if (isEmpty(facts)) return leftEmpty;
  if (inForce.length === 0)
    return facts.permits.length === 0
      ? cannotSay("登记中没有该工地的许可。", "The register has no permit of the site.")
      : notInForce;
  const instants = [
    ...(departure?.isSure && departure.from !== "manifest"
      ? [{ atMs: departure.atMs, zh: "出场", en: "left", key: departure.passes[0]?.key }]
      : []),
    ...gantries.map(({ atMs, gantry, key }) => ({ atMs, zh: `经过${gantry}`, en: `passed ${gantry}`, key })),
    ...(entry === null ? [] : [{ atMs: entry.atMs, zh: "进场", en: "entered", key: entry.key }]),
  ];
  if (instants.length === 0) return cannotSay("没有可靠的时刻。", "No instant is certain.");
  const away = instants.map((one) => ({
    ...one,
    outsideMin: Math.min(...inForce.map(({ fact }) => minutesOutside(fact, one.atMs, timezone) ?? 1_440)),
  }));
  const worst = away.reduce((a, b) => (b.outsideMin > a.outsideMin ? b : a));
  const slackMin = settings.clockErrorS / 60;
  const measure = { measured: round(worst.outsideMin), threshold: round(slackMin), unit: "min" as const };
  if (worst.outsideMin === 0)
    return {
      verdict: "fine",
      text: { zh: "各时刻均在核准时段内。", en: "Every instant lies within the approved hours." },
      ...measure,
    };
  if (worst.outsideMin <= slackMin)
    return {
      ...cannotSay(
        `超出 ${round(worst.outsideMin)} 分钟，未超出时钟允差。`,
        `${round(worst.outsideMin)} min outside, within what clocks may differ.`,
      ),
      ...measure,
    };
  const hours = inForce.map(({ fact }) => `${fact.from}–${fact.to}`).join(" / ");
  return {
    verdict: "finding",
    text: {
      zh: `${clock(worst.atMs, timezone)} ${worst.zh}，距核准时段（${hours}）${round(worst.outsideMin)} 分钟（时钟允差 ${round(slackMin)} 分钟）。`,
      en: `It ${worst.en} at ${clock(worst.atMs, timezone)}, ${round(worst.outsideMin)} min from the approved hours (${hours}); clocks may differ by ${round(slackMin)} min.`,
    },
    ...measure,
    margin: round(worst.outsideMin - slackMin),
    rows: worst.key === undefined ? [] : [worst.key],
  };
};
