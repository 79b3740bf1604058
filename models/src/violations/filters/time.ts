import { intersect, lengthMs, type MissingReason } from "../../scene/index.ts";
import type { Text } from "../define.ts";
import { type Filter, rounded, seconds } from "./define.ts";

/** Median of the scores over the looks in which it was seen: one lucky look proves nothing. */
export const scoreFilter: Filter = {
  name: "score",
  applies: () => true,
  judge: (act, { settings }) => ({
    passed: act.score >= settings.minScore,
    value: rounded(act.score),
    threshold: settings.minScore,
  }),
};

/**
 * Time present, blind time left out: of the things together; where each must stay itself, or one thing is followed, the longest that one of
 * them was watched without a break. Over time that nobody watched one vehicle lends another nothing.
 */
export const dwellFilter: Filter = {
  name: "dwell",
  applies: () => true,
  judge(act, { settings, violation }) {
    const isOneThing = settings.eachMustDwell || violation.motion !== "stands";
    const dwellMs = isOneThing ? Math.max(...act.spots.map((spot) => spot.dwellMs)) : act.dwellMs;
    return {
      passed: dwellMs >= settings.dwellMs,
      value: seconds(dwellMs),
      threshold: seconds(settings.dwellMs),
      ...(isOneThing && act.blindMs > 0 ? { note: withoutBreak } : {}),
    };
  },
};

const withoutBreak: Text = {
  zh: "取最长的一段不间断观察，无法观察前后不相加",
  en: "the longest watch without a break; what lies before and after blind time is not added up",
};

/** Longest absence that was bridged; up to two looks of it are the looks' own spacing. */
export const graceFilter: Filter = {
  name: "grace",
  applies: () => true,
  judge: (act, { settings }) => ({
    passed: act.bridgedMsMax <= settings.graceMs + 2 * settings.lookEveryMs,
    value: seconds(act.bridgedMsMax),
    threshold: seconds(settings.graceMs),
  }),
};

/** Time within the act in which the place was not watched: never counted as dwell, never as absence. */
export const blindFilter: Filter = {
  name: "blind",
  applies: () => true,
  judge: (act) => ({ passed: true, value: seconds(act.blindMs), threshold: "-" }),
};

/** Why a picture that was there could not be used. */
const sightReasons: Partial<Record<MissingReason, { zh: string; en: string }>> = {
  low_visibility: { zh: "能见度低", en: "low visibility" },
  view_blocked: { zh: "镜头被遮", en: "view blocked" },
  view_moved: { zh: "视角移动", en: "view moved" },
};

/** Time within the act in which the camera ran but could not see: dark, glare, rain, covered, turned. Counts as blind. */
export const visibilityFilter: Filter = {
  name: "visibility",
  applies: () => true,
  judge(act, _place, { lost }) {
    const spans = lost.filter(({ reason }) => reason in sightReasons);
    const lostMs = lengthMs(intersect([act], spans));
    if (lostMs === 0) return null;
    const reasons = Object.entries(sightReasons)
      .map(([reason, text]) => ({
        text,
        ms: lengthMs(
          intersect(
            [act],
            spans.filter((span) => span.reason === reason),
          ),
        ),
      }))
      .filter(({ ms }) => ms > 0);
    return {
      passed: true,
      value: seconds(lostMs),
      threshold: "-",
      note: {
        zh: reasons.map(({ text, ms }) => `${text.zh} ${seconds(ms)} 秒`).join("、"),
        en: reasons.map(({ text, ms }) => `${text.en} ${seconds(ms)} s`).join(", "),
      },
    };
  },
};
