import { useMemo, useState } from "react";
import { useTruckLeads, useTruckRegister } from "../../api/trucks.ts";
import type { MapLine } from "../../components/map/map-overlay.ts";
import type { MapMark } from "../../components/map/map-view.tsx";
import {
  placeMarks,
  problemMarks,
  routeLines,
  type TruckLayer,
  truckLayers,
} from "../../components/map/truck-places.tsx";

const storageKey = "mingcha.truck-layers";
const leadsMax = 200;

/** Which layers of muck transport the map shows, kept on this machine, and what they draw. Nothing is asked for while all are off. */
export function useTruckLayers(): {
  shown: ReadonlySet<TruckLayer>;
  toggle: (layer: TruckLayer) => void;
  marks: MapMark[];
  lines: readonly MapLine[];
} {
  const [shown, setShown] = useState<ReadonlySet<TruckLayer>>(
    () => new Set(truckLayers.filter((layer) => localStorage.getItem(storageKey)?.split(",").includes(layer))),
  );
  const register = useTruckRegister(shown.has("projects") || shown.has("routes"));
  const leads = useTruckLeads({ state: "NEW" }, { limit: leadsMax, enabled: shown.has("problems") });
  const permits = register.data?.permits;
  const isRouted = shown.has("routes");
  const lines = useMemo(
    () => (isRouted ? routeLines(permits?.filter(({ state }) => state === "in_force") ?? []) : []),
    [isRouted, permits],
  );
  const toggle = (layer: TruckLayer) => {
    const next = new Set(shown.has(layer) ? [...shown].filter((one) => one !== layer) : [...shown, layer]);
    localStorage.setItem(storageKey, [...next].join(","));
    setShown(next);
  };
  return {
    shown,
    toggle,
    lines,
    marks: [
      ...(shown.has("projects") ? placeMarks(register.data) : []),
      ...(shown.has("problems") ? problemMarks(leads.data?.pages.flatMap(({ items }) => items) ?? []) : []),
    ],
  };
}
