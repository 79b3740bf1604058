import type { MapFlags, PlacedFlag } from "@mingcha/models/http";
import { useMemo, useState } from "react";
import { ellipseRing } from "../../components/map/ellipse-ring.ts";
import type { MapShapes } from "../../components/map/map-shapes.ts";
import type { MapSeen } from "../../components/map/map-view.tsx";
import { type FlagGroup, groupFlags } from "./group-flags.ts";

const storageKey = "mingcha.placed-flags";
const none = { flags: [], cells: [] };

const ringOf = ({ longitude, latitude, ellipse }: PlacedFlag) => ellipseRing({ at: [longitude, latitude], ellipse });

/** Computed places of drone flags as the map draws them, with the error of each that stands alone; whether it does is kept on this machine. */
export function usePlacedFlags(
  placed: MapFlags["placed"] | undefined,
  seen: MapSeen | null,
  inHandId: string | null,
): {
  isShown: boolean;
  toggle: () => void;
  single: readonly PlacedFlag[];
  groups: readonly FlagGroup[];
  inHand: PlacedFlag | null;
  shapes: MapShapes | undefined;
} {
  const [isShown, setShown] = useState(() => localStorage.getItem(storageKey) !== "off");
  const drawn = useMemo(() => {
    const { single, groups } = groupFlags((isShown ? placed : undefined) ?? none, seen);
    const inHand = (isShown && placed?.flags.find(({ clueId }) => clueId === inHandId)) || null;
    // the one in hand is drawn even where it stands in a group
    const alone = inHand === null || single.includes(inHand) ? single : [...single, inHand];
    return { single: alone, groups, inHand };
  }, [placed, seen, inHandId, isShown]);
  const { single, inHand } = drawn;
  const kept = single
    .map(({ clueId, longitude, latitude, heightFrom, ellipse: { longM, shortM, bearingDeg } }) =>
      [clueId, longitude, latitude, longM, shortM, bearingDeg, heightFrom].join(" "),
    )
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `kept` says whether what is drawn is another; the map is styled anew with every object
  const shapes = useMemo(
    () =>
      single.length === 0
        ? undefined
        : {
            lines: [],
            areas: single.map((flag) => [ringOf(flag)]),
            picked: null,
            within: inHand === null ? null : ringOf(inHand),
          },
    [kept, inHand],
  );
  const toggle = () => {
    localStorage.setItem(storageKey, isShown ? "off" : "on");
    setShown(!isShown);
  };
  return { ...drawn, shapes, isShown, toggle };
}
