import type { ClueEvent } from "@mingcha/models/clue";
import { type OfferedEvent, standingRefusals } from "./review-stage.ts";

/**
 * One key per step. Letters keep their sense from state to state: A what is asked for is so, R it is not, B back, U unsure, F on towards the
 * case, D dissuade, V visit, P propose to close, K corrected in time. Endings from anywhere have none of their own: X opens their list.
 */
export const eventKeys: Readonly<Record<ClueEvent, string>> = {
  plausible: "a",
  discard: "r",
  officer_discard: "r",
  recheck_agree: "a",
  bring_back: "r",
  tech_pass: "a",
  merged_pass: "a",
  legal_pass: "a",
  tech_fail: "r",
  legal_fail: "r",
  tech_unsure: "u",
  legal_unsure: "u",
  legal_send_back: "b",
  second_agree: "a",
  second_disagree: "r",
  ready: "f",
  ready_verified: "f",
  file: "f",
  dispatch: "v",
  confirm_on_site: "a",
  not_found: "r",
  review_again: "b",
  propose_close: "p",
  approve_close: "a",
  refuse_close: "r",
  dissuade: "d",
  dissuade_again: "d",
  not_corrected: "f",
  corrected: "k",
  corrected_not_minor: "m",
  erase: "",
  erase_by_head: "",
  transfer: "",
  transfer_by_head: "",
};

/** Opens the list of endings from anywhere. */
export const asidesKey = "x";

/** The step a key means: the one that nothing stands in the way of. Two of them, for somebody with two duties, and the key means none. */
export function offerOfKey(key: string, offers: readonly OfferedEvent[]): OfferedEvent | undefined {
  const meant = offers.filter(({ event }) => eventKeys[event] === key);
  const open = meant.filter((offer) => standingRefusals(offer).length === 0);
  return open.length > 1 ? undefined : (open[0] ?? meant[0]);
}
