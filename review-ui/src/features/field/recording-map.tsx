import type { FieldDetail } from "@mingcha/models/http";
import { useMemo } from "react";
import { useMapBase } from "../../api/map.ts";
import { type MapArea, type MapMark, MapView } from "../../components/map/map-view.tsx";
import { ErrorPanel, Nothing, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** The recording's way, and the places it may belong to with their numbers. */
export function RecordingMap({ detail }: { detail: FieldDetail }) {
  const { t } = useText();
  const base = useMapBase();
  const shapes = useMemo(() => ({ lines: detail.track, areas: [], picked: null, within: null }), [detail.track]);
  const marks = useMemo(() => marksOf(detail), [detail]);
  const area = useMemo(() => areaOf([...detail.track.flat(), ...marks.map(placeOf)]), [detail.track, marks]);
  if (area === null) return <Nothing>{t("field.noMap")}</Nothing>;
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  return (
    <div className="field-map">
      <MapView
        base={base.data}
        marks={marks}
        centred={null}
        label={t("field.map")}
        goTo={area}
        shapes={shapes}
        nearestZoom={18}
      />
    </div>
  );
}

const placeOf = ({ longitude, latitude }: MapMark): [number, number] => [longitude, latitude];

function marksOf({ options, standsAt, sourceName }: FieldDetail): MapMark[] {
  const targets = options.flatMap(({ key, at, place, state }, nth): MapMark[] =>
    at === null || state === "lapsed"
      ? []
      : [
          {
            id: key,
            ...at,
            node: (
              <span className={`field-mark field-mark-${state}`} role="img" aria-label={place} title={place}>
                {nth + 1}
              </span>
            ),
          },
        ],
  );
  const device: MapMark[] =
    standsAt === null
      ? []
      : [
          {
            id: "device",
            ...standsAt,
            node: (
              <span className="field-mark field-mark-device" role="img" aria-label={sourceName} title={sourceName}>
                ◉
              </span>
            ),
          },
        ];
  return [...targets, ...device];
}

/** Around all points, or null where there is none. */
export function areaOf(points: readonly (readonly [number, number])[]): MapArea | null {
  const [first] = points;
  if (first === undefined) return null;
  let [west, south, east, north] = [first[0], first[1], first[0], first[1]];
  for (const [longitude, latitude] of points) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return [west, south, east, north];
}
