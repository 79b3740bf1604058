import { onSiteResults } from "../on-site/index.ts";
import type { GuardFacts, OnSiteFacts } from "./guard-facts.ts";

/** Whether the check in force confirms the record, with both officers' names under what stands in it now. */
export function confirms(onSite: OnSiteFacts | null): boolean {
  if (onSite?.result == null || onSiteResults[onSite.result].leads !== "confirm_on_site") return false;
  const officers = new Set(onSite.officerIds);
  return officers.size >= 2 && [...officers].every((id) => onSite.signedBy.includes(id));
}

/**
 * What the officers' finding says of a correction that was ordered (guard G-12): they are the looking again where everything of their check
 * (arrival, photos, signatures) lies after the time allowed by the newest order; before it they say nothing of it.
 */
export function recheckOnSite({
  onSite,
  dissuasions,
}: Pick<GuardFacts, "onSite" | "dissuasions">): GuardFacts["recheck"] {
  const last = dissuasions.at(-1);
  if (last === undefined || onSite === null || !confirms(onSite)) return null;
  if (onSite.beganAtMs === null || onSite.beganAtMs < last.correctByMs) return null;
  return onSite.result === "corrected" ? "corrected" : "not_corrected";
}
