import type { FlightGround } from "@mingcha/models/http";
import { Slider } from "antd";
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { useFlightGround } from "../../api/flights.ts";
import { useMapBase } from "../../api/map.ts";
import { type MapArea, type MapMark, MapView } from "../../components/map/map-view.tsx";
import { ErrorPanel, Nothing, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { ellipseRing } from "./ellipse-ring.ts";
import { FlightFacts, FlightRecordings } from "./flight-facts.tsx";
import "./flight-ground.css";

/** Where a flight went, what ground its frames show, how surely, and what its recordings say against each other. */
export function FlightGroundPage() {
  const { t } = useText();
  const { id = "" } = useParams();
  const ground = useFlightGround(id);
  const back = <Link to="/upload">{t("flightGround.back")}</Link>;
  if (ground.data === undefined)
    return (
      <Page title={t("flightGround.open")} extra={back}>
        {ground.isError ? <ErrorPanel error={ground.error} onRetry={() => void ground.refetch()} /> : <Waiting />}
      </Page>
    );
  const { startedAt, timezone, sourceName } = ground.data;
  return (
    <Page
      title={t("flightGround.title", { time: formatInstant(startedAt, timezone) })}
      extra={
        <>
          {sourceName} · {back}
        </>
      }
    >
      <Ground ground={ground.data} />
    </Page>
  );
}

function Ground({ ground }: { ground: FlightGround }) {
  const { t } = useText();
  const [index, setIndex] = useState(0);
  const frame = ground.frames[Math.min(index, ground.frames.length - 1)];
  return (
    <div className="ground">
      <div className="ground-map">
        <FlightMap ground={ground} frame={frame} />
      </div>
      <div className="ground-side">
        {frame === undefined ? null : <FramePanel ground={ground} frame={frame} index={index} onIndex={setIndex} />}
        <FlightFacts ground={ground} />
        <FlightRecordings clips={ground.clips} />
      </div>
      <ul className="ground-legend">
        {(["Path", "Seen", "Frame"] as const).map((key) => (
          <li key={key}>
            <i className={`legend-${key.toLowerCase()}`} aria-hidden />
            {t(`flightGround.legend${key}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Frame = FlightGround["frames"][number];

const none: readonly MapMark[] = [];

function FlightMap({ ground, frame }: { ground: FlightGround; frame: Frame | undefined }) {
  const { t } = useText();
  const base = useMapBase();
  const shapes = useMemo(
    () => ({
      lines: ground.path,
      areas: ground.coverage.polygons,
      picked: frame?.ring ?? null,
      within: frame?.middle == null ? null : ellipseRing(frame.middle),
    }),
    [ground, frame],
  );
  const area = useMemo(() => areaOf(ground), [ground]);
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  if (area === null) return <Nothing>{t("flightGround.noPlace")}</Nothing>;
  return (
    <MapView
      base={base.data}
      marks={none}
      centred={null}
      label={t("flightGround.map")}
      goTo={area}
      shapes={shapes}
      nearestZoom={18.5}
    />
  );
}

/** Everything that is drawn. */
function areaOf({ path, coverage }: FlightGround): MapArea | null {
  const points = [...path.flat(), ...coverage.polygons.flat(2)];
  if (points.length === 0) return null;
  const [west, east] = [Math.min, Math.max].map((pick) => points.reduce((a, [x]) => pick(a, x), points[0]?.[0] ?? 0));
  const [south, north] = [Math.min, Math.max].map((pick) =>
    points.reduce((a, [, y]) => pick(a, y), points[0]?.[1] ?? 0),
  );
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}

function FramePanel({
  ground,
  frame,
  index,
  onIndex,
}: {
  ground: FlightGround;
  frame: Frame;
  index: number;
  onIndex: (index: number) => void;
}) {
  const { t } = useText();
  const clip = ground.clips.find(({ id }) => id === frame.clipId);
  const { middle } = frame;
  return (
    <Panel
      title={t("flightGround.frame")}
      extra={t("flightGround.frameAt", { file: clip?.fileName ?? "", seconds: (frame.offsetMs / 1000).toFixed(1) })}
    >
      <Slider
        min={0}
        max={Math.max(0, ground.frames.length - 1)}
        value={index}
        onChange={onIndex}
        tooltip={{ open: false }}
        ariaLabelForHandle={t("flightGround.frame")}
      />
      {middle === null ? (
        <p className="ground-soft">{t("flightGround.middleNone")}</p>
      ) : (
        <p className="ground-middle">
          <b>{t("flightGround.middle")}</b>{" "}
          <span className="ground-position">
            {middle.at[1].toFixed(6)}, {middle.at[0].toFixed(6)}
          </span>
          <br />
          {t("flightGround.within", {
            radius: middle.ellipse.radius95M.toFixed(1),
            long: middle.ellipse.longM.toFixed(1),
            short: middle.ellipse.shortM.toFixed(1),
            bearing: middle.ellipse.bearingDeg.toFixed(0),
          })}
        </p>
      )}
    </Panel>
  );
}
