import type { FlightGround } from "@mingcha/models/http";
import { Slider } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useFlightGround } from "../../api/flights.ts";
import { ErrorPanel, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { FlightFacts, FlightRecordings } from "./flight-facts.tsx";
import { FlightFlags } from "./flight-flags.tsx";
import { FlightMap } from "./flight-map.tsx";
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
  const [chosen, setChosen] = useState<string | null>(null);
  const frame = ground.frames[Math.min(index, ground.frames.length - 1)];
  /** A second press lets it go again. The frame in which it was seen comes with it. */
  const choose = (flagId: string) => {
    const flag = ground.flags.find((one) => one.flagId === flagId);
    setChosen(flagId === chosen ? null : flagId);
    const nearest = flag === undefined ? -1 : nearestFrame(ground.frames, flag.stands);
    if (nearest >= 0) setIndex(nearest);
  };
  return (
    <div className="ground">
      <div className="ground-map">
        <FlightMap ground={ground} frame={frame} chosen={chosen} onChoose={choose} />
      </div>
      <div className="ground-side">
        {frame === undefined ? null : <FramePanel ground={ground} frame={frame} index={index} onIndex={setIndex} />}
        <FlightFlags ground={ground} chosen={chosen} onChoose={choose} />
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
        {ground.flags.length === 0 ? null : (
          <li>
            <i className="legend-flag" aria-hidden />
            {t("stands.legend")}
          </li>
        )}
      </ul>
    </div>
  );
}

type Frame = FlightGround["frames"][number];

/** The frame of the same recording nearest in time; -1 without one. */
function nearestFrame(frames: FlightGround["frames"], look: { clipId: string; offsetMs: number }): number {
  const awayMs = (frame: Frame): number =>
    frame.clipId === look.clipId ? Math.abs(frame.offsetMs - look.offsetMs) : Number.POSITIVE_INFINITY;
  const [nearest] = frames
    .map((frame, index) => ({ index, away: awayMs(frame) }))
    .filter(({ away }) => Number.isFinite(away))
    .sort((a, b) => a.away - b.away);
  return nearest?.index ?? -1;
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
