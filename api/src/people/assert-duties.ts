import { AppError, conflictingDuties, type Duty, duties } from "@mingcha/models";

/** Refuses duties that may not be in one hand (domain H.1), naming the first pair. */
export function assertDutiesCompatible(held: readonly Duty[]): void {
  const [pair] = conflictingDuties(held);
  if (pair === undefined) return;
  const [a, b] = pair;
  throw new AppError("BAD_INPUT", {
    reason: `${duties[a].zh}与${duties[b].zh}不得由同一人担任 / ${duties[a].en} and ${duties[b].en} may not be held by one person`,
  });
}
