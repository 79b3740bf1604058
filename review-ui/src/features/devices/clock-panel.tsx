import type { ClockPoint, ClockSampleView, ClockView } from "@mingcha/models/http";
import { Alert, App, Button, Segmented } from "antd";
import { useEffect, useState } from "react";
import { useAskClock, useClock } from "../../api/clocks.ts";
import { useReloadDevice } from "../../api/devices.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { ClockForm } from "./clock-form.tsx";
import { ClockList } from "./clock-list.tsx";
import { ClockMethods } from "./clock-methods.tsx";
import { ClockPlot } from "./clock-plot.tsx";
import "./clock.css";

interface ClockPanelProps {
  readonly sourceId: string;
  readonly samples: readonly ClockSampleView[];
  /** Another district: read only. */
  readonly readOnly: boolean;
}

const spans = [1, 7, 31] as const;
const shownMax = 8;

/** The device's clock against Beijing time: over days by method, measured now where that is asked for, and entered by hand. */
export function ClockPanel({ sourceId, samples, readOnly }: ClockPanelProps) {
  const { t, pick } = useText();
  const { duties } = usePerson();
  const [days, setDays] = useState<number>(7);
  const clock = useClock(sourceId, days);
  const reload = useReloadDevice(sourceId);
  const newest = clock.data?.points.at(-1)?.at;
  // the state above is judged by what was measured meanwhile
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new comparison is what it waits for
  useEffect(() => {
    if (newest !== undefined && samples[0] !== undefined && newest > samples[0].at) reload();
  }, [newest]);
  const mayAdd = !readOnly && (duties.includes("monitor") || duties.includes("technical_reviewer"));
  const { data } = clock;
  return (
    <Panel
      title={t("devices.samples", { total: samples.length >= 200 ? "200+" : String(samples.length) })}
      extra={data === undefined || data.methods.length === 0 ? null : <AskButton view={data} isBarred={readOnly} />}
    >
      {clock.isError ? <ErrorPanel error={clock.error} onRetry={() => void clock.refetch()} /> : null}
      {data === undefined ? null : (
        <>
          {data.notes.map((note) => (
            <Alert key={note.en} className="clock-note" type="warning" showIcon title={pick(note)} />
          ))}
          {samples.length === 0 && data.points.length === 0 ? (
            <p className="device-hint">{t("devices.noSamples")}</p>
          ) : (
            <>
              <Segmented
                size="small"
                aria-label={t("clocks.span")}
                value={days}
                onChange={setDays}
                options={spans.map((value) => ({ value, label: t("clocks.days", { days: value }) }))}
              />
              {data.points.length === 0 ? (
                <p className="device-hint clock-empty">{t("clocks.noneWithin", { days })}</p>
              ) : (
                <ClockPlot view={data} />
              )}
            </>
          )}
          <ClockMethods view={data} />
          <ClockList
            points={listed(data, samples).slice(0, shownMax)}
            limitMs={data.limitMs}
            timezone={data.timezone}
          />
        </>
      )}
      {mayAdd ? <ClockForm sourceId={sourceId} /> : null}
    </Panel>
  );
}

/** Newest first; where the chosen days hold none, what is known from before. */
function listed({ points }: ClockView, samples: readonly ClockSampleView[]): ClockPoint[] {
  return points.length > 0
    ? [...points].reverse()
    : samples.map((sample) => ({ ...sample, hostAheadMs: null, hostKnown: true, told: null }));
}

function AskButton({ view, isBarred }: { view: ClockView; isBarred: boolean }) {
  const { t, pick, errorText } = useText();
  const { message } = App.useApp();
  const ask = useAskClock(view.sourceId);
  const isAsked = view.askedAt !== null;
  const send = () =>
    ask.mutate(undefined, {
      onSuccess: () => void message.success(t("clocks.asked")),
      onError: (error) => void message.error(errorText(error)),
    });
  return (
    <Button
      size="small"
      disabled={isBarred || view.askBarred !== null}
      title={view.askBarred === null ? undefined : pick(view.askBarred)}
      loading={ask.isPending || isAsked}
      onClick={send}
    >
      {isAsked ? t("clocks.asking") : t("clocks.ask")}
    </Button>
  );
}
