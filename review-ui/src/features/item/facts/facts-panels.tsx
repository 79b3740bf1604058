import type { ClueDetail } from "@mingcha/models/http";
import { zoneKindSchema } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";
import { Link } from "react-router";
import { Badge, UnverifiedBadge } from "../../../components/badges.tsx";
import { Copyable } from "../../../components/copyable.tsx";
import { DeviceState } from "../../../components/device-state.tsx";
import { RecordingsPanel } from "../../../components/field/recordings-panel.tsx";
import { StreetSketch } from "../../../components/map/street-sketch.tsx";
import { OnSitePanel } from "../../../components/on-site/on-site-panel.tsx";
import { Fact, Facts, Panel } from "../../../components/page.tsx";
import { formatBytes } from "../../../lib/format-quantity.ts";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import type { LookView } from "../viewer/looks.ts";
import { CorrectedMark, CorrectionList } from "./correction-list.tsx";
import { Dissuasions } from "./dissuasions.tsx";
import { Purpose, Transfer } from "./endings.tsx";
import { GroundFact } from "./ground-facts.tsx";
import { LookPlace } from "./look-place.tsx";
import { ObjectCard } from "./object-card.tsx";
import { PlantKnown } from "./plant-known.tsx";
import { PoseFacts } from "./pose-facts.tsx";
import { Recusals } from "./recusals.tsx";
import { ReviewHistory } from "./review-history.tsx";
import { Sightings } from "./sightings.tsx";
import { StandsFact } from "./stands-fact.tsx";
import "./facts.css";

/** Everything that can be checked about one item, in the order in which a reviewer asks for it. */
export function FactsPanels({ clue, look }: { clue: ClueDetail; look: LookView | undefined }) {
  const { t } = useText();
  return (
    <div className="item-facts">
      <CorrectionList clue={clue} />
      <Panel title={t("item.whyFired")}>
        <TraceList clue={clue} />
      </Panel>
      <LooksAlike violation={clue.violation} />
      <ObjectCard clue={clue} />
      <OnSitePanel clueId={clue.id} timezone={clue.timezone} version={clue.version} />
      <RecordingsPanel clueId={clue.id} version={clue.version} />
      <Dissuasions clue={clue} />
      <Panel title={t("item.pictureRules")} extra={t("item.pictureRulesHint")}>
        <PictureRules clue={clue} />
      </Panel>
      <Panel title={t("item.placeAndTime")}>
        <PlaceAndTime clue={clue} />
        <SourcePosition clue={clue} />
      </Panel>
      <Sightings clue={clue} />
      {look?.pose ? (
        <Panel title={t("item.pose")}>
          <PoseFacts pose={look.pose} />
        </Panel>
      ) : null}
      <Panel title={t("item.device")}>
        <DeviceFacts clue={clue} />
      </Panel>
      <Panel title={t("endings.purpose")}>
        <Purpose clue={clue} />
      </Panel>
      <Transfer clue={clue} />
      <Panel title={t("item.provisions")}>
        <Provisions clue={clue} />
      </Panel>
      {clue.reviews.length > 0 ? (
        <Panel title={t("item.earlierReviews")}>
          <ReviewHistory clue={clue} />
        </Panel>
      ) : null}
      <Recusals clue={clue} />
      <Panel title={t("item.originals")}>
        <Originals clue={clue} />
      </Panel>
      <PlantKnown clue={clue} />
      <p className="custody-hint">{t("item.custodyHint")}</p>
    </div>
  );
}

function TraceList({ clue }: { clue: ClueDetail }) {
  const { pick } = useText();
  const judge = Object.entries(clue.flag.judge);
  return (
    <>
      {clue.flag.unsupported === null ? null : (
        <p className="facts-warning" role="alert">
          {pick(clue.flag.unsupported)}
        </p>
      )}
      <ul className="trace">
        {clue.flag.trace.map((line) => (
          <li
            key={line.en}
            className={line.passed === null ? "trace-open" : line.passed ? "trace-passed" : "trace-failed"}
          >
            <span className="trace-mark">{line.passed === null ? "?" : line.passed ? "✓" : "✕"}</span>
            {pick(line)}
          </li>
        ))}
      </ul>
      {judge.length > 0 ? (
        <ul className="judge">
          {judge.map(([id, text]) => (
            <li key={id}>{pick(text)}</li>
          ))}
        </ul>
      ) : null}
      {clue.flag.readings.length > 0 ? (
        <ul className="readings">
          {clue.flag.readings.map((text) => (
            <li key={text.en}>{pick(text)}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What usually looks the same and is none: the reviewer's first doubt. */
function LooksAlike({ violation }: { violation: string }) {
  const { t, pick } = useText();
  const texts = findViolation(violation)?.falsePositives ?? [];
  if (texts.length === 0) return null;
  return (
    <Panel title={t("item.looksAlike")}>
      <p className="looks-alike">{texts.map(pick).join(t("item.listComma"))}</p>
    </Panel>
  );
}

function PictureRules({ clue }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  return (
    <ul className="rules">
      {clue.pictureRules.map((rule) => (
        <li key={rule.id}>
          <Badge tone={rule.passed === null ? "plain" : rule.passed ? "good" : "bad"}>
            {rule.passed === null ? t("item.unknown") : rule.passed ? t("answer.pass") : t("answer.fail")}
          </Badge>
          <span>{pick(rule.text)}</span>
          <span className="rule-value">
            {rule.value} <small>/ {rule.limit}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

function PlaceAndTime({ clue }: { clue: ClueDetail }) {
  const { t, duration } = useText();
  const { longitude, latitude } = clue.device;
  const zoneKindText = (kind: string) => {
    const known = zoneKindSchema.safeParse(kind);
    return known.success ? t(`item.zoneKind.${known.data}`) : kind;
  };
  return (
    <Facts>
      <Fact label={t("item.place")}>
        {clue.place} <CorrectedMark clue={clue} field="place" />
      </Fact>
      <Fact label={t("item.coordinates")}>
        {longitude === null || latitude === null ? (
          t("item.unknown")
        ) : (
          <Copyable value={`${longitude.toFixed(6)}, ${latitude.toFixed(6)}`} />
        )}
      </Fact>
      <LookPlace clue={clue} />
      <Fact label={t("item.from")}>
        {formatInstantExact(clue.from, clue.timezone)} <CorrectedMark clue={clue} field="from" />
      </Fact>
      <Fact label={t("item.to")}>
        {clue.ended || clue.corrected.includes("to")
          ? formatInstantExact(clue.to, clue.timezone)
          : t("item.stillThere")}{" "}
        <CorrectedMark clue={clue} field="to" />
      </Fact>
      <Fact label={t("item.dwell")}>{duration(clue.dwellS)}</Fact>
      <GroundFact clue={clue} />
      <StandsFact stands={clue.stands} timezone={clue.timezone} />
      <Fact label={t("item.timezone")}>{clue.timezone}</Fact>
      <Fact label={t("item.zone")}>
        {clue.zone ? `${clue.zone.id} · ${zoneKindText(clue.zone.kind)}` : clue.flag.zoneId}
      </Fact>
      <Fact label={t("item.scene")}>
        {t("item.sceneVersion", { version: clue.scene.version })} <Copyable hash value={clue.scene.sha256} />
      </Fact>
      <Fact label={t("item.model")}>
        {clue.flag.modelId} <Copyable hash value={clue.flag.modelSha256} />
      </Fact>
    </Facts>
  );
}

/** Of a drone where the thing stands, if it can be told; else where the source does. */
function SourcePosition({ clue: { device, sourceName, stands } }: { clue: ClueDetail }) {
  const { t } = useText();
  if (stands?.place) {
    const [longitude, latitude] = stands.place.at;
    return <StreetSketch longitude={longitude} latitude={latitude} name={t("stands.title")} />;
  }
  const { longitude, latitude } = device;
  if (longitude === null || latitude === null) return null;
  return <StreetSketch longitude={longitude} latitude={latitude} name={sourceName} />;
}

function DeviceFacts({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const { device } = clue;
  return (
    <>
      <Facts>
        <Fact label={t("item.source")}>{clue.sourceName}</Fact>
        <Fact label={t("item.deviceId")}>
          {device.deviceId ? <Copyable value={device.deviceId} /> : t("item.unknown")}
        </Fact>
      </Facts>
      <DeviceState at={device.atCapture} timezone={clue.timezone} />
      <Link className="device-link" to={`/sources/${encodeURIComponent(clue.sourceId)}/device`}>
        {t("devices.title")}
      </Link>
    </>
  );
}

function Provisions({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  if (clue.provisions.length === 0) return <p className="facts-none">{t("item.noProvisions")}</p>;
  return (
    <ul className="provisions">
      {clue.provisions.map((item) => (
        <li key={`${item.law}${item.article}${item.use}`}>
          <span className="provision-use">{t(`provision.${item.use}`)}</span>
          <span>
            {item.law} {item.article}
          </span>
          {item.verified ? <Badge tone="good">{t("provision.verified")}</Badge> : <UnverifiedBadge />}
        </li>
      ))}
    </ul>
  );
}

function Originals({ clue }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  return (
    <ul className="originals">
      {clue.clips.map((clip) => (
        <li key={clip.id}>
          <b>{clip.fileName}</b>
          <span>
            {formatBytes(clip.sizeBytes)} · {clip.widthPx}×{clip.heightPx} · {clip.codec} ·{" "}
            {(clip.durationMs / 1000).toFixed(1)} s
          </span>
          <span>
            {formatInstantExact(clip.startedAt, clue.timezone)} · {t("item.startMethod", { method: clip.startMethod })}
          </span>
          <span>
            SHA-256 <Copyable hash value={clip.sha256} />
          </span>
          {clip.admitted == null ? null : <span className="original-mark">{pick(clip.admitted)}</span>}
        </li>
      ))}
    </ul>
  );
}
