import type { MapFlags, StandingSource } from "@mingcha/models/http";
import { mapCountMax } from "@mingcha/models/http";
import { sourceConditions } from "@mingcha/models/monitoring";
import { useMemo, useState } from "react";
import { useMapBase } from "../../api/map.ts";
import { ConditionMark } from "../../components/condition-mark.tsx";
import { type MapArea, type MapSeen, MapView } from "../../components/map/map-view.tsx";
import { TruckLayerSwitches } from "../../components/map/truck-places.tsx";
import { ErrorPanel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { groupSources, located, type SourceGroup } from "./group-sources.ts";
import { useTruckLayers } from "./use-truck-layers.ts";

interface MonitorMapProps {
  readonly sources: readonly StandingSource[];
  readonly flags: MapFlags | undefined;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Given where there are more sources than the map has room for: told what is in view. */
  readonly onView: ((seen: MapSeen) => void) | undefined;
}

export const countText = (count: number): string => (count >= mapCountMax ? `${mapCountMax}+` : String(count));

/** Sources where they stand, each marked by its condition and by the flags that came in. */
export function MonitorMap({ sources, flags, selected, onSelect, onView }: MonitorMapProps) {
  const { t, pick } = useText();
  const base = useMapBase();
  const trucks = useTruckLayers();
  const [goTo, setGoTo] = useState<MapArea | null>(null);
  const countOf = useMemo(
    () => new Map(flags?.places.flatMap((place) => (place.sourceId === null ? [] : [[place.sourceId, place.flags]]))),
    [flags],
  );
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  const { groups, single } =
    onView === undefined ? { groups: [], single: located(sources) } : groupSources(sources, flags?.places ?? []);
  const chosen = located(sources).find(({ id }) => id === selected);
  // the one in hand is drawn even where it stands in a group
  const alone = chosen === undefined || single.includes(chosen) ? single : [...single, chosen];
  const marks = [
    ...trucks.marks,
    ...groups.map((group) => ({ ...group, id: group.key, node: <GroupMark group={group} onOpen={setGoTo} /> })),
    ...alone.map(({ id, name, longitude, latitude, standing: { condition } }) => {
      const count = countOf.get(id) ?? 0;
      const title = t("monitor.mark", { name, condition: pick(sourceConditions[condition]), flags: countText(count) });
      return {
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
      };
    }),
  ];
  return (
    <div className="monitor-map-layers">
      <MapView
        base={base.data}
        lines={trucks.lines}
        marks={marks}
        centred={selected}
        label={t("monitor.map")}
        goTo={goTo}
        {...(onView === undefined ? {} : { onView })}
      />
      <TruckLayerSwitches shown={trucks.shown} onToggle={trucks.toggle} />
    </div>
  );
}

/** Several sources too close for a mark each: how many, the worst condition among them, and their flags. A press goes there. */
function GroupMark({ group, onOpen }: { group: SourceGroup; onOpen: (area: MapArea) => void }) {
  const { t, pick } = useText();
  const { sources, condition, flags, bounds } = group;
  const title = [
    t("mapGroup.title", { sources, condition: pick(sourceConditions[condition]) }),
    ...(flags === null ? [] : [t("mapGroup.flags", { flags: countText(flags) })]),
    t("mapGroup.open"),
  ].join(" · ");
  return (
    <button
      type="button"
      className="mark mark-group"
      aria-label={title}
      title={title}
      onClick={() => onOpen([...bounds])}
    >
      <ConditionMark condition={condition} />
      <span className="mark-sources">{sources}</span>
      {flags === null || flags === 0 ? null : <b>{countText(flags)}</b>}
    </button>
  );
}
