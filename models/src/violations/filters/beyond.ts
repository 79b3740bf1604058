import { polygonCentroid } from "../../geometry/index.ts";
import { type Beyond, distanceBeyondLine } from "../../ground/index.ts";
import { type Act, contactBands, type Interval, intersect, lengthMs, unite } from "../../scene/index.ts";
import type { Text } from "../define.ts";
import type { WatchedPlace } from "../resolve-rule.ts";
import { type Filter, type JudgeContext, seconds } from "./define.ts";

type Spot = Act["spots"][number];

function measure(spot: Spot, { zone }: WatchedPlace, { ground }: JudgeContext): Beyond {
  if (ground === undefined || zone.line === undefined)
    return { refused: { zh: "没有地面标定或门线", en: "no calibration or no door line" } };
  if (ground.kind === "bad") return { refused: ground.text };
  return distanceBeyondLine(
    ground.fit,
    zone.line,
    spot.boxNorm,
    contactBands[spot.role ?? "other"],
    // a point on the public side of its door line
    polygonCentroid(zone.polygon),
  );
}

/** How long things stood, blind time left out: together, or the longest of them where each must stay itself. */
function dwellOf(spots: readonly Spot[], act: Act, eachMustDwell: boolean): number {
  if (eachMustDwell) return Math.max(0, ...spots.map((spot) => spot.dwellMs));
  const present: Interval[] = act.intervals.filter(({ state }) => state === "present");
  return lengthMs(intersect(unite(spots), present));
}

/**
 * Metres beyond the door line. A thing counts when its distance less its error reaches what the rule asks: the error is the party's.
 * Passed when things that count stood there for the dwell time themselves. Where a distance is refused (marks that do not fit, error too
 * large, cut by the picture's edge) and the rest alone does not reach the dwell time, nothing is said in metres: the flag stays because
 * the thing stood on the public ground, and the distance is left to a person (house choice: a metric rule never fires on a number that
 * would not stand up, and is never silently lost for want of one).
 */
export const beyondFilter: Filter = {
  name: "beyond",
  applies: ({ beyondM }) => beyondM !== undefined,
  judge(act, place, context) {
    const limitM = place.beyondM ?? 0;
    const { dwellMs, eachMustDwell } = place.settings;
    const measured = act.spots.map((spot) => ({ spot, beyond: measure(spot, place, context) }));
    const known = measured.flatMap(({ spot, beyond }) => ("refused" in beyond ? [] : [{ spot, beyond }]));
    const counting = known.filter(({ beyond }) => beyond.farthestM - beyond.errorM >= limitM);
    const countedMs = dwellOf(
      counting.map(({ spot }) => spot),
      act,
      eachMustDwell,
    );
    const isProven = counting.length > 0 && countedMs >= dwellMs;

    const refusals = measured.flatMap(({ beyond }) => ("refused" in beyond ? [beyond.refused] : []));
    const perhaps = measured
      .filter(({ spot, beyond }) => "refused" in beyond || counting.some((item) => item.spot === spot))
      .map(({ spot }) => spot);
    const [refusal] = refusals;
    if (!isProven && refusal !== undefined && dwellOf(perhaps, act, eachMustDwell) >= dwellMs)
      return { passed: true, value: "-", threshold: limitM, note: refusal, toJudge: "distance" };

    const farthest = known.reduce<(typeof known)[number] | undefined>(
      (best, next) =>
        best === undefined || next.beyond.farthestM - next.beyond.errorM > best.beyond.farthestM - best.beyond.errorM
          ? next
          : best,
      undefined,
    );
    if (farthest === undefined) return { passed: false, value: "-", threshold: limitM, note: noNumber };
    const { farthestM, errorM } = farthest.beyond;
    const measuredM = `${farthestM.toFixed(2)} ± ${errorM.toFixed(2)}`;
    return {
      passed: isProven,
      value: Math.floor((farthestM - errorM) * 100) / 100,
      threshold: limitM,
      note: {
        zh: `实测 ${measuredM} 米，误差按有利于当事人扣除；达到的物品停留 ${seconds(countedMs)} 秒`,
        en: `measured ${measuredM} m, the error deducted in the party's favour; what reaches it stood ${seconds(countedMs)} s`,
      },
    };
  },
};

const noNumber: Text = { zh: "没有可认定的距离", en: "no distance can be stated" };
