import type { PlacedFlag } from "@mingcha/models/http";
import type { MapArea, MapMark } from "../../components/map/map-view.tsx";
import { radiusText } from "../../lib/radius-text.ts";
import { useText } from "../../lib/use-text.ts";
import { type FlagGroup, isOneSpot } from "./group-flags.ts";

export const placedMarkId = (clueId: string): string => `flag ${clueId}`;

interface PlacedMarks {
  readonly single: readonly PlacedFlag[];
  readonly groups: readonly FlagGroup[];
  readonly inHand: string | null;
  readonly onPick: (clueId: string) => void;
  readonly onList: (members: readonly PlacedFlag[]) => void;
  readonly onZoom: (area: MapArea) => void;
}

/** Marks of drone flags at their computed places, told apart from sources by their word and their broken outline. */
export const placedMarks = ({ single, groups, inHand, onPick, onList, onZoom }: PlacedMarks): MapMark[] => [
  ...groups.map((group) => ({
    id: group.key,
    longitude: group.longitude,
    latitude: group.latitude,
    bounds: group.bounds,
    isPointing: true,
    node: (
      <GroupMark
        group={group}
        onPress={() => (isOneSpot(group) && group.members !== null ? onList(group.members) : onZoom(group.bounds))}
      />
    ),
  })),
  ...single.map((flag) => ({
    id: placedMarkId(flag.clueId),
    longitude: flag.longitude,
    latitude: flag.latitude,
    isPointing: true,
    node: <FlagMark flag={flag} isInHand={flag.clueId === inHand} onPress={() => onPick(flag.clueId)} />,
  })),
];

function FlagMark({ flag, isInHand, onPress }: { flag: PlacedFlag; isInHand: boolean; onPress: () => void }) {
  const { t, pick, chinese } = useText();
  const said = t("placed.one", {
    violation: pick(flag.violationTitle),
    place: flag.statedPlace,
    radius: radiusText(flag.ellipse, flag.heightFrom, t),
  });
  const state = flag.open ? said : [said, t("placed.closed")].join(chinese ? "，" : ", ");
  const title = [state, ...flag.warnings.map(pick)].join(chinese ? "。" : ". ");
  return (
    <button
      type="button"
      className={`mark mark-placed ${flag.open ? "" : "mark-placed-closed"} ${isInHand ? "mark-selected" : ""}`}
      aria-pressed={isInHand}
      aria-label={title}
      title={title}
      onClick={onPress}
    >
      {t("placed.sign")}
    </button>
  );
}

function GroupMark({ group, onPress }: { group: FlagGroup; onPress: () => void }) {
  const { t } = useText();
  const title = t("placed.group", {
    flags: group.flags,
    press: t(isOneSpot(group) ? "placed.list" : "placed.zoom"),
  });
  return (
    <button type="button" className="mark mark-placed" aria-label={title} title={title} onClick={onPress}>
      {t("placed.sign")} <b>{group.flags}</b>
    </button>
  );
}
