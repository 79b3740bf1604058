import { useEffect } from "react";
import { recordPrefetchedView } from "../../../api/media.ts";

/** A picture that was fetched ahead comes from the browser's store: the server is told when it is really shown. */
export function useRecordedView(evidenceId: string): void {
  useEffect(() => recordPrefetchedView(evidenceId), [evidenceId]);
}
