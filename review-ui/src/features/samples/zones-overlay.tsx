import type { SampleView } from "@mingcha/models/http";

type Zone = SampleView["zones"][number];

/** The zones over a look, each with its name; the bytes stay as they are. */
export function ZonesOverlay({ zones, chosenId }: { zones: readonly Zone[]; chosenId?: string | undefined }) {
  return (
    <div className="sample-overlay" aria-hidden="true">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none">
        <title>zones</title>
        {zones.map(({ id, polygon }) => (
          <polygon
            key={id}
            className={id === chosenId ? "sample-zone sample-zone-chosen" : "sample-zone"}
            points={polygon.map((point) => point.join(",")).join(" ")}
          />
        ))}
      </svg>
      {zones.map(({ id, polygon }) => {
        const [x, y] = labelPoint(polygon);
        return (
          <span key={id} className="sample-zone-name" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}>
            {id}
          </span>
        );
      })}
    </div>
  );
}

/** The topmost corner: names of zones that lie over one another stay apart. */
function labelPoint(polygon: Zone["polygon"]): readonly [number, number] {
  return polygon.reduce((top, point) => (point[1] < top[1] ? point : top));
}
