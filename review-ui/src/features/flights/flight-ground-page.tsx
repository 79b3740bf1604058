import type { FlightGround } from "@mingcha/models/http";
import { Slider } from "antd";
import { useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { useFlightGround } from "../../api/flights.ts";
import { ErrorPanel, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { FlightChecks } from "./flight-checks.tsx";
import { FlightFacts, FlightRecordings } from "./flight-facts.tsx";
import { FlightFlags } from "./flight-flags.tsx";
import { FlightMap } from "./flight-map.tsx";
import { FlightPicture, type Shown } from "./flight-picture.tsx";
import { type Moment, momentsOf, nearestOf } from "./moments.ts";
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
  const moments = useMemo(() => momentsOf(ground), [ground]);
  const [index, setIndex] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  /** What is shown large. It follows the slider when that is let go: each picture is cut anew and stands in the log. */
  const [shown, setShown] = useState<Shown | null>(moments[0] === undefined ? null : { ...moments[0], boxNorm: null });
  const frame = ground.frames[index];
  const show = (moment: Moment, boxNorm: Shown["boxNorm"] = null) => {
    setShown({ clipId: moment.clipId, offsetMs: moment.offsetMs, boxNorm });
    const nearest = nearestOf(moments, moment);
    if (nearest >= 0) setIndex(nearest);
  };
  /** A second press lets it go again. The look in which it was seen comes with it, unless that was deleted. */
  const choose = (flagId: string) => {
    const flag = ground.flags.find((one) => one.flagId === flagId);
    setChosen(flagId === chosen ? null : flagId);
    const isThere = ground.clips.some(({ id, deletedAt }) => id === flag?.stands.clipId && deletedAt === null);
    if (flag !== undefined && isThere) show(flag.stands, flag.boxNorm);
  };
  const settle = (next: number) => {
    const moment = moments[next];
    if (moment !== undefined) show(moment);
  };
  return (
    <div className="ground">
      {shown === null ? null : <FlightPicture shown={shown} label={momentText(ground, shown, t)} />}
      <div className="ground-map">
        <FlightMap ground={ground} frame={frame} chosen={chosen} onChoose={choose} />
      </div>
      <div className="ground-side">
        {shown === null ? null : (
          <Panel title={t("flightGround.frame")} extra={momentText(ground, moments[index] ?? shown, t)}>
            <Slider
              min={0}
              max={Math.max(0, moments.length - 1)}
              value={index}
              onChange={setIndex}
              onChangeComplete={settle}
              tooltip={{ open: false }}
              ariaLabelForHandle={t("flightGround.frame")}
            />
            <FramePlace frame={frame} />
          </Panel>
        )}
        <FlightFlags ground={ground} chosen={chosen} onChoose={choose} />
        <FlightChecks ground={ground} shown={shown} onShow={show} />
        <FlightFacts ground={ground} />
        <FlightRecordings clips={ground.clips} timezone={ground.timezone} />
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

const momentText = (
  { clips }: FlightGround,
  { clipId, offsetMs }: Moment,
  t: ReturnType<typeof useText>["t"],
): string =>
  t("flightGround.frameAt", {
    file: clips.find(({ id }) => id === clipId)?.fileName ?? "",
    seconds: (offsetMs / 1000).toFixed(1),
  });

function FramePlace({ frame }: { frame: FlightGround["frames"][number] | undefined }) {
  const { t } = useText();
  const middle = frame?.middle ?? null;
  if (middle === null) return <p className="ground-soft">{t("flightGround.middleNone")}</p>;
  return (
    <p className="ground-middle">
      <b>{t("flightGround.middle")}</b>{" "}
      <span className="ground-position">
        {middle.at[1].toFixed(6)}, {middle.at[0].toFixed(6)}
      </span>
      <br />
      {t(middle.heightFrom === "take_off" ? "flightGround.withinTakeOff" : "flightGround.within", {
        radius: middle.ellipse.radius95M.toFixed(1),
        long: middle.ellipse.longM.toFixed(1),
        short: middle.ellipse.shortM.toFixed(1),
        bearing: middle.ellipse.bearingDeg.toFixed(0),
      })}
    </p>
  );
}
