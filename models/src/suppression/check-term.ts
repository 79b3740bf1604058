import { dayMs } from "./offer-suppressions.ts";
import { type SuppressionSettings, suppressionSettings } from "./settings.ts";

/** Whether a suppression may end at `untilMs`: after now, and not later than the longest term. */
export function checkTerm(
  untilMs: number,
  nowMs: number,
  settings: SuppressionSettings = suppressionSettings,
): "ok" | "past" | "too_long" {
  if (!(untilMs > nowMs)) return "past";
  return untilMs <= nowMs + settings.longestDays * dayMs ? "ok" : "too_long";
}
