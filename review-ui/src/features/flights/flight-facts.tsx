import type { FlightGround } from "@mingcha/models/http";
import { Alert } from "antd";
import { Fact, Facts, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const left = ["withoutPosition", "withoutPitch", "withoutHeight", "withoutLens", "tooFlat"] as const;
const heights = ["laser", "elevation", "takeOff"] as const;

/** How much ground was seen, from how many frames, and what could not be counted. */
export function FlightFacts({ ground }: { ground: FlightGround }) {
  const { t, pick } = useText();
  const { counts, coverage, heightFrom, warnings } = ground;
  const missing = left.filter((kind) => counts[kind] > 0);
  const from = heights.filter((kind) => heightFrom[kind] > 0);
  const { areaM2, district } = coverage;
  return (
    <Panel title={t("flightGround.covered")}>
      <p className="ground-area">
        {areaM2 >= 10_000
          ? t("flightGround.area", { hectares: (areaM2 / 10_000).toFixed(2) })
          : t("flightGround.areaSmall", { squareMetres: areaM2.toFixed(0) })}
      </p>
      <p className="ground-soft">
        {district === null
          ? t("flightGround.noDistrict")
          : t("flightGround.district", { name: pick(district.name), percent: (district.share * 100).toFixed(1) })}
      </p>
      <Facts>
        <Fact label={t("flightGround.frames")}>
          {t(ground.framesFrom === "looks" ? "flightGround.fromLooks" : "flightGround.fromTelemetry")}
          <br />
          {t("flightGround.total", counts)}
        </Fact>
        <Fact label={t("flightGround.left")}>
          {missing.length === 0
            ? t("flightGround.nothingLeft")
            : missing.map((kind) => t(`flightGround.${kind}`, { count: counts[kind] })).join(t("item.listComma"))}
        </Fact>
        {from.length === 0 ? null : (
          <Fact label={t("flightGround.height")}>
            {from.map((kind) => t(`flightGround.${kind}`, { count: heightFrom[kind] })).join(t("item.listComma"))}
          </Fact>
        )}
      </Facts>
      {warnings.map((warning) => (
        <Alert key={warning.en} type="warning" showIcon title={pick(warning)} />
      ))}
      <p className="ground-soft">{t("flightGround.model")}</p>
    </Panel>
  );
}

/** Each recording, how it was read, and what its sources of time and place say against each other. */
export function FlightRecordings({ clips, timezone }: Pick<FlightGround, "clips" | "timezone">) {
  const { t, pick } = useText();
  return (
    <Panel title={t("flightGround.recordings")}>
      <ul className="ground-clips">
        {clips.map((clip) => (
          <li key={clip.id}>
            <b>
              {t("flightGround.clip", {
                file: clip.fileName,
                points: clip.points,
                format: clip.telemetryFormat ?? t("flightGround.noTelemetry"),
              })}
            </b>
            {clip.altitudeType === null ? null : (
              <span className="ground-soft">{t("flightGround.altitude", { type: clip.altitudeType })}</span>
            )}
            {clip.deletedAt === null ? null : (
              <span className="ground-soft">
                {t("flightGround.deleted", { day: formatInstant(clip.deletedAt, timezone).slice(0, 10) })}
              </span>
            )}
            {clip.checks.length === 0 ? (
              <span className="ground-soft">{t("flightGround.agrees")}</span>
            ) : (
              <ul className="ground-checks">
                {clip.checks.map((check) => (
                  <li key={check.en}>{pick(check)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
