import type { SampleView } from "@mingcha/models/http";
import { App, Button } from "antd";
import { useState } from "react";
import { stillUrl } from "../../api/media.ts";
import { useAnswerSample, useNextSample } from "../../api/statistics.ts";
import { ErrorPanel, Nothing, Panel, Waiting } from "../../components/page.tsx";
import { Stage } from "../../components/stage/stage.tsx";
import { type Viewport, wholePicture } from "../../components/stage/viewport.ts";
import { formatInstantExact } from "../../lib/format-time.ts";
import { slotKeys, usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { type Choice, choicesOf } from "./answers.ts";
import { ZonesOverlay } from "./zones-overlay.tsx";

/** The one look that the signed-in person is to judge now. */
export function JudgePanel() {
  const { t } = useText();
  const next = useNextSample(true);
  return (
    <Panel
      className="samples-judge"
      title={t("samples.question")}
      extra={next.data ? t("samples.waiting", { total: next.data.waiting }) : undefined}
    >
      <p className="samples-intro">{t("samples.intro")}</p>
      {next.isError ? <ErrorPanel error={next.error} onRetry={() => void next.refetch()} /> : null}
      {next.isPending ? <Waiting /> : null}
      {next.data?.sample === null ? <Nothing>{t("samples.none")}</Nothing> : null}
      {next.data?.sample ? <Judge key={next.data.sample.id} sample={next.data.sample} /> : null}
    </Panel>
  );
}

/** Judging takes the picture, a choice and a confirmation: an answer cannot be taken back. */
function Judge({ sample }: { sample: SampleView }) {
  const { t, pick, errorText } = useText();
  const { message } = App.useApp();
  const answer = useAnswerSample();
  const [picture, setPicture] = useState<"loading" | "shown" | "failed">("loading");
  const [view, setView] = useState<Viewport>(wholePicture);
  const [chosen, setChosen] = useState<Choice | null>(null);
  const choices = choicesOf(sample);
  const mayChoose = ({ body }: Choice): boolean =>
    picture === "shown" || (picture === "failed" && body.answer === "cannot_tell");
  const choose = (choice: Choice | undefined): boolean => {
    if (choice === undefined || !mayChoose(choice) || answer.isPending) return false;
    setChosen(choice);
    return true;
  };
  const confirm = (): boolean => {
    if (chosen === null || answer.isPending) return false;
    answer.mutate(
      { id: sample.id, body: chosen.body },
      {
        onSuccess: () => void message.success(t("samples.answered")),
        onError: (error) => void message.error(errorText(error)),
      },
    );
    return true;
  };
  usePageKeys(({ key, slot, shift }) => {
    if (key === "Enter") return confirm();
    if (key === "z") {
      setView(wholePicture);
      return true;
    }
    return slot !== null && !shift && choose(choices[slot - 1]);
  });
  const nameOf = ({ body }: Choice): string => {
    if (body.answer === "nothing") return t("samples.nothing");
    if (body.answer === "cannot_tell") return t("samples.cannotTell");
    const option = sample.options.find(({ violation }) => violation === body.violation);
    return t("samples.violation", { title: option ? pick(option.title) : body.violation, zone: body.zoneId });
  };
  return (
    <div className="samples-look">
      <div className="samples-stage" style={{ "--aspect": sample.widthPx / sample.heightPx } as React.CSSProperties}>
        <Stage
          aspect={sample.widthPx / sample.heightPx}
          view={view}
          onView={setView}
          caption={
            <>
              <b>{sample.sourceName}</b> {sample.place} {formatInstantExact(sample.capturedAt, sample.timezone)}
            </>
          }
        >
          {picture === "failed" ? (
            <div className="stage-failed">{t("samples.failed")}</div>
          ) : (
            <img
              className="stage-image"
              src={stillUrl(sample.clipId, sample.offsetMs)}
              alt={t("samples.picture")}
              draggable={false}
              onLoad={() => setPicture("shown")}
              onError={() => setPicture("failed")}
            />
          )}
          <ZonesOverlay
            zones={sample.zones}
            chosenId={chosen?.body.answer === "violation" ? chosen.body.zoneId : undefined}
          />
        </Stage>
      </div>
      <div className="samples-answers">
        <div className="samples-choices" role="radiogroup" aria-label={t("samples.question")}>
          {choices.map((choice, nth) => (
            // biome-ignore lint/a11y/useSemanticElements: chosen by keys of their own, which a native radio would take
            <button
              key={choice.key}
              type="button"
              role="radio"
              aria-checked={chosen?.key === choice.key}
              className={chosen?.key === choice.key ? "samples-choice samples-chosen" : "samples-choice"}
              disabled={!mayChoose(choice) || answer.isPending}
              onClick={() => choose(choice)}
            >
              <kbd>{slotKeys[nth] ?? ""}</kbd> {nameOf(choice)}
            </button>
          ))}
        </div>
        <Button type="primary" disabled={chosen === null} loading={answer.isPending} onClick={confirm}>
          {t("samples.confirm")}
        </Button>
        <p className="samples-keys">{picture === "loading" ? t("samples.loading") : t("samples.keys")}</p>
      </div>
    </div>
  );
}
