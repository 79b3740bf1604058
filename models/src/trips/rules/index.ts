import type { Check, TripRule } from "../trip.ts";
import { coverFail, noExitCheck, unregisteredVehicle, washFail } from "./at-the-gate.ts";
import { entryElsewhere, noTippingEntry, quantityMismatch } from "./on-arrival.ts";
import { offCorridor, outsideHours } from "./on-the-way.ts";
import { permitNotValid, quotaExceeded } from "./permits.ts";
import { keysOf, type Rule, type TripFacts } from "./rule.ts";

/** Every rule of the comparison (domain E.4), in the order in which a truck meets what it asks about. */
const rules: Readonly<Record<TripRule, Rule>> = {
  UNREGISTERED_VEHICLE: unregisteredVehicle,
  PERMIT_NOT_VALID: permitNotValid,
  NO_EXIT_CHECK: noExitCheck,
  COVER_FAIL: coverFail,
  WASH_FAIL: washFail,
  OUTSIDE_HOURS: outsideHours,
  OFF_CORRIDOR: offCorridor,
  NO_TIPPING_ENTRY: noTippingEntry,
  ENTRY_ELSEWHERE: entryElsewhere,
  QUANTITY_MISMATCH: quantityMismatch,
  QUOTA_EXCEEDED: quotaExceeded,
};

export function checkTrip(facts: TripFacts): Check[] {
  return (Object.entries(rules) as [TripRule, Rule][]).map(([rule, ask]) => {
    const said = ask(facts);
    return {
      measured: null,
      threshold: null,
      margin: null,
      unit: null,
      rows: said.verdict === "finding" ? keysOf(facts) : [],
      at: null,
      ...said,
      rule,
    };
  });
}
