import { fieldDecisions, fieldStates } from "@mingcha/models/field";
import type { FieldDecisionBody, FieldDetail } from "@mingcha/models/http";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useDecideField, useFieldRecording } from "../../api/field.ts";
import { clipUrl } from "../../api/media.ts";
import { mayOpen } from "../../app/navigation.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Fact, Facts, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant, formatInstantExact } from "../../lib/format-time.ts";
import { usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { type Asked, ReasonDialog } from "./reason-dialog.tsx";
import { RecordingMap } from "./recording-map.tsx";
import { TargetCard } from "./target-card.tsx";

/** One recording in hand: its picture, its way on the map, what it may belong to and why, and what was said of it. */
export function RecordingView({ clipId, onDecided }: { clipId: string; onDecided: () => void }) {
  const found = useFieldRecording(clipId);
  if (found.isPending) return <Waiting />;
  if (found.data === undefined) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  return <View detail={found.data} onDecided={onDecided} />;
}

function View({ detail, onDecided }: { detail: FieldDetail; onDecided: () => void }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const decide = useDecideField(detail.clipId);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { version, timezone, options, nothing } = detail;
  const send = (body: Omit<FieldDecisionBody, "version">) =>
    decide.mutate(
      { version, ...body },
      {
        onSuccess: ({ state }) => {
          void message.success(t("field.done", { state: pick(fieldStates[state]) }));
          setAsked(null);
          if (state !== "PROPOSED") onDecided();
        },
      },
    );
  const [first] = options;
  const mayLink = (one: typeof first) =>
    detail.mayDecide && !detail.isGone && one !== undefined && one.barred === null && one.state !== "linked";
  const maySayNothing = detail.mayDecide && detail.barred === null && !detail.isGone && nothing === null;
  usePageKeys(({ key }) => {
    if (key === "Enter" && first?.state === "proposed" && mayLink(first) && !decide.isPending) {
      send({ step: "confirmed", targetKey: first.key });
      return true;
    }
    if (key === "n" && maySayNothing) {
      setAsked({ step: "nothing" });
      return true;
    }
    return false;
  }, asked === null);
  return (
    <div className="field-view">
      <div className="field-picture">
        <Player detail={detail} />
        <RecordingMap detail={detail} />
      </div>
      <div className="field-side">
        <Panel title={t("field.options")} extra={<Badge tone="info">{pick(fieldStates[detail.state])}</Badge>}>
          {decide.isError ? <ErrorPanel error={decide.error} /> : null}
          {nothing === null ? null : (
            <Alert
              type="info"
              showIcon
              title={t("field.nothingIs", {
                name: nothing.by,
                at: formatInstant(nothing.at, timezone),
                reason: nothing.reason,
              })}
            />
          )}
          {options.length === 0 ? <p className="field-hint">{t("field.optionsNone")}</p> : null}
          <ol className="field-targets">
            {options.map((option, nth) => (
              <li key={option.key}>
                <TargetCard
                  target={option}
                  nth={nth + 1}
                  timezone={timezone}
                  mayLink={mayLink(option)}
                  mayReject={detail.mayDecide && !detail.isGone && option.barred === null}
                  isBusy={decide.isPending}
                  hasKey={nth === 0 && option.state === "proposed"}
                  onLink={() => send({ step: "confirmed", targetKey: option.key })}
                  onReject={() => setAsked({ step: "rejected", targetKey: option.key, place: option.place })}
                />
              </li>
            ))}
          </ol>
          {detail.mayDecide && !detail.isGone ? (
            <div className="field-actions">
              <Button onClick={() => setAsked({ step: "set" })}>{t("field.set")}</Button>
              {nothing === null ? (
                <Button
                  disabled={!maySayNothing}
                  {...(detail.barred === null ? {} : { title: pick(detail.barred) })}
                  onClick={() => setAsked({ step: "nothing" })}
                >
                  {t("field.nothingKey")}
                </Button>
              ) : null}
            </div>
          ) : null}
        </Panel>
        <About detail={detail} />
        <Said detail={detail} />
      </div>
      {asked === null ? null : (
        <ReasonDialog
          asked={asked}
          isBusy={decide.isPending}
          error={decide.error}
          onSend={send}
          onClose={() => {
            setAsked(null);
            decide.reset();
          }}
        />
      )}
    </div>
  );
}

function Player({ detail }: { detail: FieldDetail }) {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  if (detail.isGone) return <p className="field-stage field-stage-empty">{t("field.gone")}</p>;
  if (failed)
    return (
      <p className="field-stage field-stage-empty">
        {t("field.playerFailed")}{" "}
        <a href={clipUrl(detail.clipId)} download={detail.fileName}>
          {t("action.download")}
        </a>
      </p>
    );
  return (
    <video
      className="field-stage"
      style={{ aspectRatio: `${detail.widthPx} / ${detail.heightPx}` }}
      src={clipUrl(detail.clipId)}
      aria-label={t("field.player", { name: detail.fileName })}
      controls
      muted
      playsInline
      preload="metadata"
      onError={() => setFailed(true)}
    />
  );
}

function About({ detail }: { detail: FieldDetail }) {
  const { t, duration } = useText();
  const { duties } = usePerson();
  return (
    <Panel
      title={t("field.about")}
      extra={
        mayOpen("sources", duties) ? (
          <Link to={`/sources/${encodeURIComponent(detail.sourceId)}/device`}>{t("field.devicePage")}</Link>
        ) : null
      }
    >
      <Facts>
        <Fact label={t("field.device")}>{detail.sourceName}</Fact>
        <Fact label={t("field.carriers")}>
          {detail.carriers.length === 0 ? t("field.carriersNone") : detail.carriers.join("、")}
        </Fact>
        {detail.uploader === null ? null : <Fact label={t("field.uploader")}>{detail.uploader}</Fact>}
        <Fact label={t("field.begin")}>
          {t("field.uncertainty", {
            time: formatInstantExact(detail.startedAt, detail.timezone),
            seconds: (detail.uncertaintyMs / 1_000).toFixed(1),
            method: detail.startMethod,
          })}
        </Fact>
        <Fact label={t("field.length")}>{duration(detail.durationMs / 1_000)}</Fact>
        <Fact label={t("field.received")}>{formatInstant(detail.receivedAt, detail.timezone)}</Fact>
        <Fact label={t("field.telemetry")}>{detail.telemetryFormat ?? t("field.noTelemetry")}</Fact>
      </Facts>
    </Panel>
  );
}

function Said({ detail: { said, timezone } }: { detail: FieldDetail }) {
  const { t, pick } = useText();
  if (said.length === 0) return null;
  return (
    <Panel title={t("field.said")}>
      <ol className="field-said">
        {said.toReversed().map((row) => (
          <li key={row.ordinal}>
            <b>{pick(fieldDecisions[row.decision])}</b> {row.place}{" "}
            <small>
              {row.by ?? t("field.saidRule", { version: row.ruleVersion ?? "" })} · {formatInstant(row.at, timezone)}
            </small>
            {row.reason === null ? null : <q>{row.reason}</q>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
