import type { Position } from "@mingcha/models/on-site";
import { useEffect, useState } from "react";

/** `refused`: the person or the browser said no; `unavailable`: no receiver, no fix, or a page without a secure connection. */
export type PositionState =
  | { readonly kind: "asking" | "refused" | "unavailable" }
  | { readonly kind: "known"; readonly position: Position; readonly atMs: number };

/** Where this device is, followed while the page is shown. */
export function usePosition(): PositionState {
  const [state, setState] = useState<PositionState>({ kind: "asking" });
  useEffect(() => {
    if (!("geolocation" in navigator) || !window.isSecureContext) {
      setState({ kind: "unavailable" });
      return;
    }
    const id = navigator.geolocation.watchPosition(
      ({ coords, timestamp }) =>
        setState({
          kind: "known",
          position: {
            longitude: coords.longitude,
            latitude: coords.latitude,
            accuracyM: Math.round(coords.accuracy * 10) / 10,
          },
          atMs: timestamp,
        }),
      (error) =>
        setState((before) =>
          // a fix that is lost for a moment is still the last place
          before.kind === "known"
            ? before
            : { kind: error.code === error.PERMISSION_DENIED ? "refused" : "unavailable" },
        ),
      { enableHighAccuracy: true, maximumAge: 5_000, timeout: 30_000 },
    );
    return () => navigator.geolocation.clearWatch(id);
  }, []);
  return state;
}
