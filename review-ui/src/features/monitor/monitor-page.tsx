import { ExpandOutlined, ShrinkOutlined } from "@ant-design/icons";
import { mapPlacesMax, type StandingSource } from "@mingcha/models/http";
import { type SourceCondition, sourceConditionCodes, sourceConditions } from "@mingcha/models/monitoring";
import { Button, Checkbox, Segmented } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { useMapFlags } from "../../api/map.ts";
import { useSources } from "../../api/records.ts";
import { ConditionMark } from "../../components/condition-mark.tsx";
import type { MapSeen } from "../../components/map/map-view.tsx";
import { ErrorPanel, Nothing } from "../../components/page.tsx";
import { usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { FlagPreview } from "./flag-preview.tsx";
import { FreshList } from "./fresh-flags.tsx";
import { located } from "./group-sources.ts";
import { LivePill } from "./live-pill.tsx";
import { LooksWall } from "./looks-wall.tsx";
import { type Listed, MonitorMap } from "./monitor-map.tsx";
import { byUrgency } from "./source-text.ts";
import { useFreshFlags } from "./use-fresh-flags.ts";
import { useSorting } from "./use-sorting.ts";
import { useWallMode } from "./use-wall-mode.ts";
import "./flags.css";
import "./sources.css";
import "./monitor.css";

const refetchMs = 10_000;
const spans = { day: 24, week: 7 * 24, month: 30 * 24 } as const;
type Span = keyof typeof spans;

/** The monitoring centre: where the sources stand and how, what they saw last, and what has just been flagged. */
export function MonitorPage() {
  const { t } = useText();
  const navigate = useNavigate();
  const sources = useSources(refetchMs);
  const [span, setSpan] = useState<Span>("day");
  // with more sources or flags than a map has room for the server counts what is in view
  const isGrouped = located(sources.data?.items ?? []).length > mapPlacesMax;
  const [seen, setSeen] = useState<MapSeen | null>(null);
  const [isCrowded, setCrowded] = useState(false);
  const see = useCallback(
    (now: MapSeen) => (isGrouped || isCrowded ? setSeen(now) : undefined),
    [isGrouped, isCrowded],
  );
  const flags = useMapFlags(spans[span], isGrouped || isCrowded ? seen : null);
  const placedTotal = flags.data?.placed.total ?? 0;
  useEffect(() => setCrowded(placedTotal > mapPlacesMax), [placedTotal]);
  const [hidden, setHidden] = useState<ReadonlySet<SourceCondition>>(new Set());
  const [pickedId, setPickedId] = useState<string | null>(null);
  const [placedId, setPlacedId] = useState<string | null>(null);
  const [listed, setListed] = useState<Listed | null>(null);
  const [isOnly, setOnly] = useState(false);
  const wall = useWallMode();
  const fresh = useFreshFlags();
  const sorting = useSorting(fresh.selected, fresh.leave);

  const all = sources.data?.items ?? [];
  const shown = all.filter(({ standing }) => !hidden.has(standing.condition)).sort(byUrgency);
  const current = fresh.selected ?? fresh.items[0]?.item ?? null;
  // a flag in hand says which source is meant, else the one that was pressed
  const sourceId = fresh.selected?.sourceId ?? pickedId;
  const pick = (id: string) => {
    fresh.select(null);
    setPickedId((now) => (now === id && fresh.selected === null ? null : id));
  };

  const flagInHand = fresh.selected?.id ?? placedId;
  // a flag of the list is taken in hand there too; an older one on the map alone
  const pickPlaced = (id: string | null) => {
    const isListed = fresh.items.some(({ item }) => item.id === id);
    fresh.select(isListed && id !== flagInHand ? id : null);
    setPlacedId(isListed || id === flagInHand ? null : id);
  };

  const selectedId = fresh.selected?.id;
  const { select } = fresh;
  const pickFlag = useCallback(
    (id: string) => {
      if (id === selectedId) void navigate(`/clues/${id}`);
      else select(id);
    },
    [navigate, select, selectedId],
  );

  usePageKeys((press) => {
    if (sorting.isAsking) return false;
    switch (press.key) {
      case "j":
      case "ArrowDown":
        fresh.step(1);
        return true;
      case "k":
      case "ArrowUp":
        fresh.step(-1);
        return true;
      case "n":
        fresh.bringIn();
        return true;
      case "f":
        wall.toggle();
        return true;
      case "Enter":
        if (fresh.selected !== null) void navigate(`/clues/${fresh.selected.id}`);
        return fresh.selected !== null;
      case "a":
        sorting.plausible();
        return fresh.selected !== null;
      case "r":
        sorting.ask();
        return fresh.selected !== null;
      case "Escape":
        if (listed !== null) setListed(null);
        else if (flagInHand !== null || pickedId !== null) {
          fresh.select(null);
          setPickedId(null);
          setPlacedId(null);
        } else wall.leave();
        return true;
      default:
        return false;
    }
  });

  return (
    <main className={`monitor ${wall.isOn ? "monitor-wall" : ""}`}>
      <h1 className="monitor-title">{t("monitor.title")}</h1>
      <div className="monitor-bar">
        <LivePill />
        <Conditions
          sources={all}
          hidden={hidden}
          onToggle={(code) =>
            setHidden((now) => new Set(now.has(code) ? [...now].filter((one) => one !== code) : [...now, code]))
          }
        />
        <span className="monitor-span">
          {t("monitor.cameIn")}
          <Segmented
            size="small"
            value={span}
            onChange={setSpan}
            options={(Object.keys(spans) as Span[]).map((value) => ({ value, label: t(`monitor.span.${value}`) }))}
          />
        </span>
        <Button size="small" icon={wall.isOn ? <ShrinkOutlined /> : <ExpandOutlined />} onClick={wall.toggle}>
          {t(wall.isOn ? "monitor.leaveWall" : "monitor.enterWall")} <kbd>F</kbd>
        </Button>
      </div>
      {sources.isError ? <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} /> : null}
      <div className="monitor-map">
        <MonitorMap
          sources={shown}
          flags={flags.data}
          selected={sourceId}
          onSelect={pick}
          flagInHand={flagInHand}
          onFlag={pickPlaced}
          listed={listed}
          onList={setListed}
          isGrouped={isGrouped}
          onView={see}
        />
      </div>
      <div className="monitor-looks">
        {sources.isSuccess && shown.length === 0 ? <Nothing>{t("sources.noMatch")}</Nothing> : null}
        <LooksWall sources={shown} selected={sourceId} onSelect={pick} />
      </div>
      <div className="monitor-flags">
        <FlagPreview item={current} isChosen={fresh.selected !== null} sorting={sorting} />
        <div className="monitor-flags-bar">
          <h2>{t("monitor.fresh")}</h2>
          {sourceId === null ? (
            <span>{t("monitor.keys")}</span>
          ) : (
            <Checkbox checked={isOnly} onChange={(event) => setOnly(event.target.checked)}>
              {t("monitor.onlySource", { name: all.find(({ id }) => id === sourceId)?.name ?? sourceId })}
            </Checkbox>
          )}
        </div>
        <FreshList fresh={fresh} sourceId={sourceId} isOnly={isOnly && sourceId !== null} onPick={pickFlag} />
      </div>
    </main>
  );
}

/** Legend, tally and filter in one: each condition with its mark and how many sources are in it. */
function Conditions({
  sources,
  hidden,
  onToggle,
}: {
  sources: readonly StandingSource[];
  hidden: ReadonlySet<SourceCondition>;
  onToggle: (code: SourceCondition) => void;
}) {
  const { t, pick } = useText();
  return (
    <fieldset className="conditions" aria-label={t("monitor.conditions")}>
      {sourceConditionCodes.map((code) => {
        const count = sources.filter(({ standing }) => standing.condition === code).length;
        return (
          <button
            key={code}
            type="button"
            aria-pressed={!hidden.has(code)}
            className={hidden.has(code) ? "condition-off" : ""}
            onClick={() => onToggle(code)}
          >
            <ConditionMark condition={code} />
            {pick(sourceConditions[code])} <b>{count}</b>
          </button>
        );
      })}
    </fieldset>
  );
}
