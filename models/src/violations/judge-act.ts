import { type Act, localTime, sameSpotIou, type TraceItem } from "../scene/index.ts";
import type { WatchedPlace } from "./resolve-rule.ts";

const seconds = (ms: number): number => Math.round(ms) / 1000;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const clock = (atMs: number, timezone: string): string => {
  const { isoDay, minutes } = localTime(atMs, timezone);
  const whole = Math.floor(minutes);
  return `${isoDay} ${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
};

/**
 * The filters of every rule, in order, each with what was measured and what was asked. The first two were applied look by look and are
 * recorded here; an act is a flag when all have passed.
 */
export function judgeAct(act: Act, place: WatchedPlace, timezone: string): TraceItem[] {
  const { settings, active } = place;
  const longestMs = settings.eachMustDwell ? Math.max(...act.spots.map((spot) => spot.dwellMs)) : act.dwellMs;
  const calendar = (active?.windows ?? []).map(({ days, from, to }) => `${days} ${from}-${to}`).join("; ") || "-";
  return [
    { filter: "roles", passed: true, value: act.labels.join(","), threshold: place.roles.join(",") },
    { filter: "calendar", passed: true, value: clock(act.fromMs, timezone), threshold: calendar },
    {
      filter: "contact",
      passed: act.contactShare >= place.minContact,
      value: rounded(act.contactShare),
      threshold: place.minContact,
    },
    ...(settings.motion === "stands"
      ? [{ filter: "same_place" as const, passed: true, value: act.spots.length, threshold: sameSpotIou }]
      : []),
    {
      filter: "score",
      passed: act.score >= settings.minScore,
      value: rounded(act.score),
      threshold: settings.minScore,
    },
    {
      filter: "dwell",
      passed: longestMs >= settings.dwellMs,
      value: seconds(longestMs),
      threshold: seconds(settings.dwellMs),
    },
    {
      filter: "grace",
      passed: act.bridgedMsMax <= settings.graceMs + 2 * settings.lookEveryMs,
      value: seconds(act.bridgedMsMax),
      threshold: seconds(settings.graceMs),
    },
    { filter: "blind", passed: true, value: seconds(act.blindMs), threshold: "-" },
  ];
}
