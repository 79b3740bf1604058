import { clockMethodText, deviceRecordKinds, deviceStates } from "@mingcha/models/device";
import type { ClockSampleView, DeviceAtView, RequirementView } from "@mingcha/models/http";
import { formatInstant } from "../lib/format-time.ts";
import { useText } from "../lib/use-text.ts";
import { Badge, type BadgeTone } from "./badges.tsx";
import "./device-state.css";

const statusKeys = { held: "held", missing: "missing", not_yet: "notYet", lapsed: "lapsed" } as const;
const tones: Record<RequirementView["status"], BadgeTone> = {
  held: "good",
  missing: "bad",
  not_yet: "bad",
  lapsed: "bad",
};
const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** A recording device at an instant, requirement by requirement (domain D.6): what is missing is said, not hidden. */
export function DeviceState({ at, timezone }: { at: DeviceAtView; timezone: string }) {
  const { t, pick } = useText();
  const { clock, metrology, requirements, state } = at;
  const isOver = clock.errorMs === null || clock.errorMs > clock.limitMs;
  return (
    <dl className="device-state">
      <div>
        <dt>{t("devices.state")}</dt>
        <dd>
          <Badge tone={state === "ACTIVE" ? "good" : requirements === null ? "plain" : "bad"}>
            {pick(deviceStates[state])}
          </Badge>
        </dd>
      </div>
      {at.suspendedBy.length === 0 ? null : (
        <div>
          <dt>{t("endings.suspendedBy")}</dt>
          <dd>{at.suspendedBy.map(pick).join(t("item.listComma"))}</dd>
        </div>
      )}
      {requirements === null ? (
        <div>
          <dt className="device-note">{t("devices.lawTitle")}</dt>
          <dd className="device-note">{t("devices.notNamed")}</dd>
        </div>
      ) : null}
      {requirements?.map((requirement) => (
        <div key={requirement.kind}>
          <dt title={deviceRecordKinds[requirement.kind].basis}>{pick(deviceRecordKinds[requirement.kind])}</dt>
          <dd>
            <Badge tone={tones[requirement.status]}>{t(`devices.status.${statusKeys[requirement.status]}`)}</Badge>
            <span>{requirement.reference}</span>
            {requirement.validTo === null ? null : (
              <span>{t("devices.until", { day: formatInstant(requirement.validTo, timezone).slice(0, 10) })}</span>
            )}
            {requirement.recordedLater ? <Badge tone="warn">{t("devices.recordedLater")}</Badge> : null}
          </dd>
        </div>
      ))}
      {requirements === null ? null : (
        <div>
          <dt>{t("devices.metrology.title")}</dt>
          <dd>
            <Badge tone={metrology === "unsettled" ? "bad" : "good"}>{t(`devices.metrology.${metrology}`)}</Badge>
          </dd>
        </div>
      )}
      <div>
        <dt>{t("devices.clock")}</dt>
        <dd>
          <Badge tone={isOver ? (requirements === null ? "plain" : "bad") : "good"}>
            {clock.errorMs === null
              ? t("devices.clockNone")
              : t("devices.clockValue", { value: seconds(clock.errorMs), limit: (clock.limitMs / 1000).toFixed(1) })}
          </Badge>
          <SampleText label={t("devices.clockBefore")} sample={clock.before} timezone={timezone} />
          <SampleText label={t("devices.clockAfter")} sample={clock.after} timezone={timezone} />
          {clock.notes.map((note) => (
            <span key={note.en} className="device-clock-note">
              {pick(note)}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}

function SampleText({ label, sample, timezone }: { label: string; sample: ClockSampleView | null; timezone: string }) {
  const { pick } = useText();
  if (sample === null) return null;
  const sign = sample.offsetMs > 0 ? "+" : "";
  return (
    <span>
      {label} {formatInstant(sample.at, timezone)} {sign}
      {seconds(sample.offsetMs)} ± {seconds(sample.uncertaintyMs)} s · {pick(clockMethodText(sample.method))}
    </span>
  );
}
