import type { MapFlags, StandingSource } from "@mingcha/models/http";
import { mapCountMax } from "@mingcha/models/http";
import { sourceConditions } from "@mingcha/models/monitoring";
import { useMemo } from "react";
import { useMapBase } from "../../api/map.ts";
import { ConditionMark } from "../../components/condition-mark.tsx";
import { MapView } from "../../components/map/map-view.tsx";
import { ErrorPanel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface MonitorMapProps {
  readonly sources: readonly StandingSource[];
  readonly flags: MapFlags | undefined;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

export const countText = (count: number): string => (count >= mapCountMax ? `${mapCountMax}+` : String(count));

/** Sources where they stand, each marked by its condition and by the flags that came in. */
export function MonitorMap({ sources, flags, selected, onSelect }: MonitorMapProps) {
  const { t, pick } = useText();
  const base = useMapBase();
  const countOf = useMemo(
    () => new Map(flags?.places.flatMap((place) => (place.sourceId === null ? [] : [[place.sourceId, place.flags]]))),
    [flags],
  );
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  const marks = sources.flatMap(({ id, name, longitude, latitude, standing: { condition } }) => {
    if (longitude === null || latitude === null) return [];
    const count = countOf.get(id) ?? 0;
    const title = t("monitor.mark", { name, condition: pick(sourceConditions[condition]), flags: countText(count) });
    return [
      {
        id,
        longitude,
        latitude,
        node: (
          <button
            type="button"
            className={`mark ${id === selected ? "mark-selected" : ""}`}
            aria-pressed={id === selected}
            aria-label={title}
            title={title}
            onClick={() => onSelect(id)}
          >
            <ConditionMark condition={condition} />
            {count === 0 ? null : <b>{countText(count)}</b>}
          </button>
        ),
      },
    ];
  });
  return <MapView base={base.data} marks={marks} centred={selected} label={t("monitor.map")} />;
}
