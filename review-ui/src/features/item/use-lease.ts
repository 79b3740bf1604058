import type { LeaseView } from "@mingcha/models/http";
import { useEffect, useState } from "react";
import { leaseClue, returnClue, returnClueNow } from "../../api/clues.ts";

/** Renewed well before the server lets it go (two minutes), and asked for again so often where another has it. */
const renewMs = 15_000;

/**
 * Keeps the open record for this person while the page shows it. Says who else has it, and asks again, so that the page
 * frees itself when they leave.
 */
export function useLease(id: string, version: number, mayDecide: boolean): LeaseView["takenBy"] {
  const [takenBy, setTakenBy] = useState<LeaseView["takenBy"]>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step gives the record back; the next version is asked for anew
  useEffect(() => {
    setTakenBy(null);
    if (!mayDecide) return;
    let isOpen = true;
    const ask = () =>
      leaseClue(id).then(
        (lease) => isOpen && setTakenBy(lease.takenBy),
        // whether somebody else has it is then said by the step itself
        () => undefined,
      );
    void ask();
    const timer = setInterval(() => void ask(), renewMs);
    const leave = () => returnClueNow(id);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      isOpen = false;
      clearInterval(timer);
      // one that was not given back ends by itself
      returnClue(id).catch(() => undefined);
    };
  }, [id, version, mayDecide]);
  return takenBy;
}
