import type { SourceDetail, TrialFlagView, TrialView } from "@mingcha/models/http";
import { Alert, Button, Segmented } from "antd";
import { useState } from "react";
import { useTryScene } from "../../api/scenes.ts";
import { ErrorPanel, Nothing } from "../../components/page.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import type { Editor } from "./use-editor.ts";

interface TrialPanelProps {
  readonly editor: Editor;
  readonly source: SourceDetail;
  readonly shown: TrialFlagView | null;
  readonly onShow: (flag: TrialFlagView | null) => void;
}

/** What the draft would have flagged in the hours that were last looked at, against the version in force. */
export function TrialPanel({ editor, source, shown, onShow }: TrialPanelProps) {
  const { t } = useText();
  const trial = useTryScene(source.id);
  const [hours, setHours] = useState(4);
  /** The draft that was tried: once it has changed, what is shown is of another one. */
  const [tried, setTried] = useState<unknown>(null);
  const run = () => {
    onShow(null);
    setTried(editor.draft);
    trial.mutate({ scene: editor.draft, hours });
  };
  return (
    <>
      <p className="scene-hint">{t("scenes.trialHint")}</p>
      <div className="scene-trial-bar">
        <Segmented
          size="small"
          aria-label={t("scenes.trialHours")}
          value={hours}
          onChange={setHours}
          options={[1, 4, 24].map((value) => ({ value, label: t("duration.wholeHours", { hours: value }) }))}
        />
        <Button
          type="primary"
          size="small"
          loading={trial.isPending}
          disabled={editor.scene === undefined}
          onClick={run}
        >
          {t("scenes.tryIt")}
        </Button>
      </div>
      {trial.isError ? <ErrorPanel error={trial.error} /> : null}
      {trial.data !== undefined && tried !== editor.draft ? (
        <Alert type="warning" showIcon title={t("scenes.trialOld")} />
      ) : null}
      {trial.data === undefined ? null : (
        <TrialResult trial={trial.data} timezone={source.timezone} shown={shown} onShow={onShow} />
      )}
    </>
  );
}

function TrialResult({
  trial,
  timezone,
  shown,
  onShow,
}: {
  trial: TrialView;
  timezone: string;
} & Pick<TrialPanelProps, "shown" | "onShow">) {
  const { t, pick, duration } = useText();
  if (trial.span === null) return <Nothing>{t("scenes.noLooks")}</Nothing>;
  const groups = [
    ["fresh", trial.fresh],
    ["gone", trial.gone],
    ["kept", trial.kept],
  ] as const;
  return (
    <div className="scene-trial">
      <p className="scene-hint">
        {formatSpan(trial.span.from, trial.span.to, timezone)} · {t("scenes.looks", { total: trial.span.looks })} ·{" "}
        {trial.againstVersion === null
          ? t("scenes.againstNone")
          : t("scenes.against", { version: trial.againstVersion })}
      </p>
      {trial.limits.map((limit) => (
        <Alert key={limit.en} type="warning" showIcon title={pick(limit)} />
      ))}
      {groups.map(([group, flags]) => (
        <section key={group} aria-label={t(`scenes.trialGroup.${group}`)}>
          <h3 className={`scene-group scene-group-${group}`}>
            {t(`scenes.trialGroup.${group}`)} <b>{flags.length}</b>
          </h3>
          <ul className="scene-list">
            {flags.map((flag) => (
              <li
                key={`${flag.violation}${flag.zone}${flag.from}${flag.boxNorm.join()}`}
                className={flag === shown ? "scene-row scene-row-open" : "scene-row"}
              >
                <button
                  type="button"
                  className="scene-row-head"
                  aria-pressed={flag === shown}
                  onClick={() => onShow(flag === shown ? null : flag)}
                >
                  <b>{pick(flag.violationTitle)}</b>
                  <span>{flag.zone}</span>
                  <span className="scene-row-time">
                    {formatSpan(flag.from, flag.to, timezone)} · {duration(flag.dwellS)}
                  </span>
                </button>
                {flag.lines.length > 0 || group === "kept" ? null : (
                  <p className="scene-lines scene-unseen">{t("scenes.trialUnseen")}</p>
                )}
                {flag.lines.length === 0 ? null : (
                  <ul className="scene-lines">
                    {flag.lines.map((line) => (
                      <li key={line.en}>{pick(line)}</li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
