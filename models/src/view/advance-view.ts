import type { ViewComparison } from "./compare-views.ts";
import type { Visibility } from "./measure-visibility.ts";

/** Why the rules of a scene rest; the words of `missingReasons`. */
export type ViewReason = "view_moved" | "view_blocked" | "low_visibility";

/** What one look says of the view: null says nothing. */
type Vote = ViewReason | "fine" | null;

/** Plain JSON, bounded: the last votes and the reason in force. */
export type ViewState = { votes: readonly Vote[]; reason: ViewReason | null };

export const emptyViewState = (): ViewState => ({ votes: [], reason: null });

/** A state changes on this many equal votes of the last `votesKept` that said anything: one odd look changes nothing, either way. */
export const votesNeeded = 3;
export const votesKept = 5;

function voteOf(
  { verdict }: Pick<ViewComparison, "verdict">,
  visibility: Pick<Visibility, "verdict"> | undefined,
  inForce: ViewReason | null,
): Vote {
  if (verdict === "blocked") return "view_blocked";
  // A camera that turned is known to have turned, also at dusk.
  if (verdict === "moved") return "view_moved";
  if (visibility?.verdict === "blind") return "low_visibility";
  if (verdict === "same") return "fine";
  // Seeing again ends the night, also over a yard too bare to be recognised; it does not turn a camera back.
  return visibility !== undefined && inForce === "low_visibility" ? "fine" : null;
}

/**
 * Takes one look's comparison (and visibility) into the state of a source's view. `reason` tells why its rules rest, null while they work: n of
 * the last m telling looks, so that a truck before the lens for one look suspends nothing and a view that returns works again.
 * Looks that say nothing ("unsure") leave everything as it is.
 */
export function advanceView(
  state: ViewState,
  comparison: Pick<ViewComparison, "verdict">,
  visibility?: Pick<Visibility, "verdict">,
): { state: ViewState; reason: ViewReason | null } {
  const vote = voteOf(comparison, visibility, state.reason);
  if (vote === null) return { state, reason: state.reason };
  const votes = [...state.votes, vote].slice(-votesKept);
  const count = votes.filter((one) => one === vote).length;
  const reason = count >= votesNeeded ? (vote === "fine" ? null : vote) : state.reason;
  return { state: { votes, reason }, reason };
}
