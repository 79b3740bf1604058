import type { ClueEvent } from "./transitions.ts";

/**
 * Steps of the law that are taken only a while after the password was typed in: verdicts of both reviews and of second looks, findings on site, filing,
 * and what the head decides. A house rule [P] for "strong authentication" of whoever answers for them (guards G-24, G-30).
 */
export const stepUpEvents = [
  "tech_pass",
  "tech_fail",
  "tech_unsure",
  "legal_pass",
  "legal_fail",
  "legal_send_back",
  "legal_unsure",
  "merged_pass",
  "second_agree",
  "second_disagree",
  "officer_discard",
  "recheck_agree",
  "bring_back",
  "confirm_on_site",
  "not_found",
  "corrected",
  "file",
  "approve_close",
  "refuse_close",
  "transfer_by_head",
  "erase_by_head",
] as const satisfies readonly ClueEvent[];

export function needsStepUp(event: ClueEvent): boolean {
  return stepUpEvents.some((one) => one === event);
}
