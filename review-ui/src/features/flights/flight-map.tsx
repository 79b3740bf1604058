import type { FlightGround } from "@mingcha/models/http";
import { useMemo } from "react";
import { useMapBase } from "../../api/map.ts";
import { ellipseRing } from "../../components/map/ellipse-ring.ts";
import { type MapArea, type MapMark, MapView } from "../../components/map/map-view.tsx";
import { ErrorPanel, Nothing, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface FlightMapProps {
  readonly ground: FlightGround;
  readonly frame: FlightGround["frames"][number] | undefined;
  readonly chosen: string | null;
  readonly onChoose: (flagId: string) => void;
}

/** Path, covered ground, the frame in hand, and what was found, each where it stands. */
export function FlightMap({ ground, frame, chosen, onChoose }: FlightMapProps) {
  const { t, pick } = useText();
  const base = useMapBase();
  const inHand = ground.flags.find(({ flagId }) => flagId === chosen)?.stands.place ?? frame?.middle ?? null;
  const shapes = useMemo(
    () => ({
      lines: ground.path,
      areas: ground.coverage.polygons,
      picked: frame?.ring ?? null,
      within: inHand == null ? null : ellipseRing(inHand),
    }),
    [ground, frame, inHand],
  );
  const area = useMemo(() => areaOf(ground), [ground]);
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  if (area === null) return <Nothing>{t("flightGround.noPlace")}</Nothing>;
  const marks = ground.flags.flatMap(({ flagId, violationTitle, statedPlace, stands }, index): MapMark[] => {
    if (stands.place === null) return [];
    const [longitude, latitude] = stands.place.at;
    const title = t("stands.mark", { nth: index + 1, violation: pick(violationTitle), place: statedPlace });
    const node = (
      <FlagMark
        key={flagId}
        nth={index + 1}
        title={title}
        isChosen={flagId === chosen}
        onChoose={() => onChoose(flagId)}
      />
    );
    return [{ id: flagId, longitude, latitude, node }];
  });
  return (
    <MapView
      base={base.data}
      marks={marks}
      centred={null}
      label={t("flightGround.map")}
      goTo={area}
      shapes={shapes}
      nearestZoom={18.5}
    />
  );
}

interface FlagMarkProps {
  readonly nth: number;
  readonly title: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const FlagMark = ({ nth, title, isChosen, onChoose }: FlagMarkProps) => (
  <button
    type="button"
    className="ground-mark"
    aria-pressed={isChosen}
    aria-label={title}
    title={title}
    onClick={onChoose}
  >
    {nth}
  </button>
);

/** Everything that is drawn. */
function areaOf({ path, coverage, flags }: FlightGround): MapArea | null {
  const placed = flags.flatMap(({ stands: { place } }) => (place === null ? [] : [place.at]));
  const points = [...path.flat(), ...coverage.polygons.flat(2), ...placed];
  if (points.length === 0) return null;
  const [west, east] = [Math.min, Math.max].map((pick) => points.reduce((a, [x]) => pick(a, x), points[0]?.[0] ?? 0));
  const [south, north] = [Math.min, Math.max].map((pick) =>
    points.reduce((a, [, y]) => pick(a, y), points[0]?.[1] ?? 0),
  );
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}
