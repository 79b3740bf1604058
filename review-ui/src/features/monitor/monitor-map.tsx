import type { MapFlags, PlacedFlag, StandingSource } from "@mingcha/models/http";
import { mapCountMax } from "@mingcha/models/http";
import { sourceConditions } from "@mingcha/models/monitoring";
import { useCallback, useMemo, useRef, useState } from "react";
import { useMapBase } from "../../api/map.ts";
import { ConditionMark } from "../../components/condition-mark.tsx";
import { type MapArea, type MapSeen, MapView } from "../../components/map/map-view.tsx";
import { TruckLayerSwitches } from "../../components/map/truck-places.tsx";
import { ErrorPanel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { CutNote } from "./cut-note.tsx";
import { areaAround, nearestZoom } from "./group-flags.ts";
import { groupSources, located, type SourceGroup } from "./group-sources.ts";
import { countWithout, PlacedCard, WithoutCard } from "./placed-card.tsx";
import { placedMarkId, placedMarks } from "./placed-marks.tsx";
import { usePlacedFlags } from "./use-placed-flags.ts";
import { useTruckLayers } from "./use-truck-layers.ts";
import "./placed.css";

interface MonitorMapProps {
  readonly sources: readonly StandingSource[];
  readonly flags: MapFlags | undefined;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  /** Clue whose computed place, if it has one, is shown with its error. */
  readonly flagInHand: string | null;
  readonly onFlag: (clueId: string | null) => void;
  readonly listed: Listed | null;
  readonly onList: (listed: Listed | null) => void;
  /** There are more sources than the map has room for. */
  readonly isGrouped: boolean;
  readonly onView: (seen: MapSeen) => void;
}

export const countText = (count: number): string => (count >= mapCountMax ? `${mapCountMax}+` : String(count));

/** What the card over the map tells: flags of one spot, or those that have no place. */
export type Listed = { readonly kind: "flags"; readonly flags: readonly PlacedFlag[] } | { readonly kind: "without" };

/** Sources where they stand, each marked by its condition and by the flags that came in; flags of drones where their things stand. */
export function MonitorMap({
  sources,
  flags,
  selected,
  onSelect,
  flagInHand,
  onFlag,
  listed,
  onList,
  isGrouped,
  onView,
}: MonitorMapProps) {
  const { t, pick, chinese } = useText();
  const base = useMapBase();
  const trucks = useTruckLayers();
  const [goTo, setGoTo] = useState<MapArea | null>(null);
  const [seen, setSeen] = useState<MapSeen | null>(null);
  const switches = useRef<HTMLDivElement>(null);
  const look = useCallback(
    (now: MapSeen) => {
      setSeen(now);
      onView(now);
    },
    [onView],
  );
  const placed = usePlacedFlags(flags?.placed, seen, flagInHand);
  const countOf = useMemo(
    () => new Map(flags?.places.flatMap((place) => (place.sourceId === null ? [] : [[place.sourceId, place.flags]]))),
    [flags],
  );
  const withoutOf = useMemo(() => new Set(flags?.placed.without.map(({ sourceId }) => sourceId)), [flags]);
  const cutOf = useMemo(() => new Set(flags?.placed.cut.map(({ sourceId }) => sourceId)), [flags]);
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  const { groups, single } = isGrouped
    ? groupSources(sources, flags?.places ?? [])
    : { groups: [], single: located(sources) };
  const chosen = located(sources).find(({ id }) => id === selected);
  // the one in hand is drawn even where it stands in a group
  const alone = chosen === undefined || single.includes(chosen) ? single : [...single, chosen];
  const marks = [
    ...trucks.marks,
    ...groups.map((group) => ({ ...group, id: group.key, node: <GroupMark group={group} onOpen={setGoTo} /> })),
    ...alone.map(({ id, name, longitude, latitude, standing: { condition } }) => {
      const count = countOf.get(id) ?? 0;
      const said = t("monitor.mark", { name, condition: pick(sourceConditions[condition]), flags: countText(count) });
      // of a drone with more than are drawn all are counted, placed or not
      const more = cutOf.has(id)
        ? [t("placed.atSourceCut", { most: mapCountMax })]
        : withoutOf.has(id)
          ? [t("placed.atSource", { flags: countText(count) })]
          : [];
      const title = [said, ...more].join(chinese ? "，" : ", ");
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
    ...placedMarks({
      ...placed,
      inHand: flagInHand,
      onPick: (clueId) => {
        onList(null);
        onFlag(clueId);
      },
      onList: (members) => onList({ kind: "flags", flags: members }),
      onZoom: setGoTo,
    }),
  ];
  const inHand = placed.inHand === null ? [] : [placed.inHand];
  // another one taken in hand elsewhere is told instead of the list
  const isOfList =
    listed?.kind === "flags" && inHand.every(({ clueId }) => listed.flags.some((flag) => flag.clueId === clueId));
  // a listed flag is told as it is now: its place may have been computed anew since
  const inCard = isOfList
    ? listed.flags.map((flag) => flags?.placed.flags.find(({ clueId }) => clueId === flag.clueId) ?? flag)
    : inHand;
  const without = flags === undefined ? 0 : countWithout(flags.placed);
  return (
    <div className="monitor-map-layers">
      <MapView
        base={base.data}
        lines={trucks.lines}
        marks={marks}
        shapes={placed.shapes}
        centred={placed.inHand === null ? selected : placedMarkId(placed.inHand.clueId)}
        label={t("monitor.map")}
        goTo={goTo}
        nearestZoom={nearestZoom}
        onView={look}
        overTop={switches}
      />
      <div className="monitor-map-switches" ref={switches}>
        <TruckLayerSwitches shown={trucks.shown} onToggle={trucks.toggle} />
        <button
          type="button"
          className="map-switch placed-switch"
          aria-pressed={placed.isShown}
          title={t("placed.layerHint")}
          onClick={placed.toggle}
        >
          <i aria-hidden="true">{t("placed.sign")}</i> {t("placed.layer")}
        </button>
        {without === 0 ? null : (
          <button
            type="button"
            className="map-switch"
            aria-expanded={listed?.kind === "without"}
            onClick={() => onList(listed?.kind === "without" ? null : { kind: "without" })}
          >
            {t("placed.without", { count: without })}
          </button>
        )}
        {flags === undefined || flags.placed.cut.length === 0 ? null : <CutNote cut={flags.placed.cut} />}
      </div>
      {listed?.kind === "without" && flags !== undefined ? (
        <WithoutCard placed={flags.placed} onSource={onSelect} onClose={() => onList(null)} />
      ) : inCard.length > 0 ? (
        <PlacedCard
          flags={inCard}
          inHand={flagInHand}
          timezoneOf={(sourceId) => sources.find(({ id }) => id === sourceId)?.timezone ?? "Asia/Shanghai"}
          onPick={(clueId) => clueId !== flagInHand && onFlag(clueId)}
          onZoom={(flag) => {
            if (flag.clueId !== flagInHand) onFlag(flag.clueId);
            setGoTo(areaAround(flag));
          }}
          onClose={() => {
            onList(null);
            onFlag(null);
          }}
        />
      ) : null}
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
