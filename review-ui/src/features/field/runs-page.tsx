import type { PatrolRun } from "@mingcha/models/http";
import { DatePicker, Slider } from "antd";
import dayjs from "dayjs";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { usePatrolRun, usePatrolRuns } from "../../api/field.ts";
import { useMapBase } from "../../api/map.ts";
import { stillUrl } from "../../api/media.ts";
import { AboutAtText } from "../../components/field/about-at.tsx";
import { type MapMark, MapView } from "../../components/map/map-view.tsx";
import { ErrorPanel, Fact, Facts, Nothing, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { areaOf } from "./recording-map.tsx";
import "./field.css";

/** A day's runs of patrol cars; of one of them the way, where each look was taken and how surely, and what was flagged. */
export function RunsPage() {
  const { t } = useText();
  const [search, setSearch] = useSearchParams();
  const runs = usePatrolRuns(search.get("day") ?? undefined);
  const items = runs.data?.items ?? [];
  const chosen = search.get("run") ?? items[0]?.id ?? null;
  const run = usePatrolRun(chosen);
  return (
    <Page title={t("field.runTitle")} extra={<Link to="/field-recordings">{t("field.recordings")}</Link>}>
      <div className="field-filters">
        <DatePicker
          aria-label={t("field.runDay")}
          value={runs.data === undefined ? null : dayjs(runs.data.day)}
          allowClear={false}
          onChange={(value) => setSearch(value === null ? {} : { day: value.format("YYYY-MM-DD") }, { replace: true })}
        />
      </div>
      {runs.isError ? <ErrorPanel error={runs.error} onRetry={() => void runs.refetch()} /> : null}
      {runs.isPending ? <Waiting /> : null}
      {runs.isSuccess && items.length === 0 ? <Nothing>{t("field.runNone")}</Nothing> : null}
      <div className="field field-open">
        {items.length === 0 ? null : (
          <nav className="field-list field-list-short" aria-label={t("field.runTitle")}>
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <button
                    type="button"
                    className="field-item"
                    aria-current={item.id === chosen}
                    onClick={() => setSearch({ day: runs.data?.day ?? "", run: item.id }, { replace: true })}
                  >
                    <b>{item.sourceName}</b>
                    <span>{formatSpan(item.from, item.to, item.timezone)}</span>
                    <span>
                      {t("field.runClips", { count: item.clips })}
                      {item.carriers.length === 0 ? "" : ` · ${item.carriers.join("、")}`}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {chosen === null ? null : (
          <div className="field-hand">
            {run.isError ? <ErrorPanel error={run.error} onRetry={() => void run.refetch()} /> : null}
            {run.data === undefined ? <Waiting /> : <RunView key={run.data.id} run={run.data} />}
          </div>
        )}
      </div>
    </Page>
  );
}

function RunView({ run }: { run: PatrolRun }) {
  const { t } = useText();
  const [index, setIndex] = useState(0);
  const look = run.looks[Math.min(index, run.looks.length - 1)];
  return (
    <div className="field-view">
      <div className="field-picture">
        <RunMap run={run} look={look} />
        {look === undefined ? null : (
          <figure className="field-look">
            <img
              src={stillUrl(look.clipId, look.offsetMs, 960)}
              alt={t("field.runLook", { nth: index + 1 })}
              loading="lazy"
            />
            <figcaption>
              {t("field.runLook", { nth: index + 1 })} · {look.at.latitude.toFixed(6)}, {look.at.longitude.toFixed(6)} ±
              {look.errorM} m
            </figcaption>
            <Slider
              min={0}
              max={Math.max(0, run.looks.length - 1)}
              value={index}
              onChange={setIndex}
              tooltip={{ open: false }}
              ariaLabelForHandle={t("field.runLooks")}
            />
          </figure>
        )}
      </div>
      <div className="field-side">
        <RunFacts run={run} />
        <RunFlags run={run} />
      </div>
    </div>
  );
}

type Look = PatrolRun["looks"][number];

function RunMap({ run, look }: { run: PatrolRun; look: Look | undefined }) {
  const { t, pick } = useText();
  const base = useMapBase();
  const shapes = useMemo(
    () => ({ lines: run.track, areas: [], picked: null, within: look === undefined ? null : circle(look) }),
    [run.track, look],
  );
  const marks = useMemo(
    () =>
      run.flags.flatMap(({ about, violation, at }, nth): MapMark[] =>
        about === null
          ? []
          : [
              {
                id: `${at} ${nth}`,
                ...about.at,
                node: (
                  <span
                    className="field-mark field-mark-flag"
                    role="img"
                    aria-label={pick(violation)}
                    title={pick(violation)}
                  >
                    {nth + 1}
                  </span>
                ),
              },
            ],
      ),
    [run.flags, pick],
  );
  const area = useMemo(() => areaOf(run.track.flat()), [run.track]);
  if (area === null) return <Nothing>{t("field.runNoTrack")}</Nothing>;
  if (base.isPending) return <Waiting />;
  if (base.data === undefined) return <ErrorPanel error={base.error} onRetry={() => void base.refetch()} />;
  return (
    <>
      <div className="field-map field-map-large">
        <MapView
          base={base.data}
          marks={marks}
          centred={null}
          label={t("field.runMap")}
          goTo={area}
          shapes={shapes}
          nearestZoom={18}
        />
      </div>
      <ul className="field-legend">
        {(["Track", "Look", "Flag"] as const).map((key) => (
          <li key={key}>
            <i className={`field-legend-${key.toLowerCase()}`} aria-hidden />
            {t(`field.legend${key}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Corners of a circle on the map. */
const corners = 36;
const metresPerDegree = 111_195;

function circle({ at: { longitude, latitude }, errorM }: Look): [number, number][] {
  const east = metresPerDegree * Math.cos((latitude / 180) * Math.PI);
  return Array.from({ length: corners }, (_, nth) => {
    const angle = (nth / corners) * 2 * Math.PI;
    return [longitude + (errorM * Math.cos(angle)) / east, latitude + (errorM * Math.sin(angle)) / metresPerDegree];
  });
}

function RunFacts({ run }: { run: PatrolRun }) {
  const { t, pick } = useText();
  const { counts, errorMedianM, without } = run;
  return (
    <Panel title={run.sourceName}>
      <Facts>
        <Fact label={t("field.begin")}>{formatSpan(run.from, run.to, run.timezone)}</Fact>
        <Fact label={t("field.carriers")}>
          {run.carriers.length === 0 ? t("field.carriersNone") : run.carriers.join("、")}
        </Fact>
        <Fact label={t("field.runLooks")}>
          {t("field.runLooksText", { looks: counts.looks, placed: counts.placed })}
          {counts.shown < counts.placed ? (
            <>
              <br />
              {t("field.runShown", { shown: counts.shown })}
            </>
          ) : null}
        </Fact>
        {errorMedianM === null ? null : (
          <Fact label={t("field.runError")}>{t("field.runErrorText", { metres: errorMedianM })}</Fact>
        )}
        {without.length === 0 ? null : (
          <Fact label={t("field.runWithout")}>
            {without.map(({ why, looks }) => (
              <span key={why.en} className="field-line">
                {t("field.runWithoutText", { why: pick(why), looks })}
              </span>
            ))}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function RunFlags({ run }: { run: PatrolRun }) {
  const { t, pick } = useText();
  return (
    <Panel title={t("field.runFlags")}>
      {run.flags.length === 0 ? <p className="field-hint">{t("field.runNoFlags")}</p> : null}
      {run.flags.length < run.counts.flags ? (
        <p className="field-hint">{t("field.runFlagsShown", { flags: run.counts.flags, shown: run.flags.length })}</p>
      ) : null}
      <ol className="field-targets">
        {run.flags.map((flag, nth) => (
          <li key={`${flag.at} ${flag.clueId}`}>
            <article className="field-target">
              <h3>
                <span className="field-number" aria-hidden>
                  {nth + 1}
                </span>
                {flag.clueId === null ? (
                  pick(flag.violation)
                ) : (
                  <Link to={`/clues/${flag.clueId}`}>{pick(flag.violation)}</Link>
                )}
              </h3>
              <p className="field-target-head">
                <span>{formatInstant(flag.at, run.timezone)}</span>
                <span>{t("field.runStated", { place: flag.place })}</span>
              </p>
              <AboutAtText about={flag.about} why={flag.why} />
            </article>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
