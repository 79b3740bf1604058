import type { ClockSampleView } from "@mingcha/models/http";
import { App, Button, DatePicker, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useAddClockSample } from "../../api/devices.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

interface ClockPanelProps {
  readonly sourceId: string;
  readonly samples: readonly ClockSampleView[];
  readonly timezone: string;
  /** Another district: read only. */
  readonly readOnly: boolean;
}

/** Comparisons of the device's clock with Beijing time, and a form for one made by hand. */
export function ClockPanel({ sourceId, samples, timezone, readOnly }: ClockPanelProps) {
  const { t } = useText();
  const { message } = App.useApp();
  const { duties } = usePerson();
  const add = useAddClockSample(sourceId);
  const [at, setAt] = useState<Dayjs | null>(dayjs());
  const [offsetS, setOffsetS] = useState<number | null>(null);
  const [uncertaintyS, setUncertaintyS] = useState<number | null>(0.5);
  const mayAdd = !readOnly && (duties.includes("monitor") || duties.includes("technical_reviewer"));
  const isComplete = at !== null && offsetS !== null && uncertaintyS !== null;
  const send = () => {
    if (!isComplete) return;
    const body = {
      at: at.toISOString(),
      offsetMs: Math.round(offsetS * 1000),
      uncertaintyMs: Math.round(uncertaintyS * 1000),
    };
    add.mutate(body, {
      onSuccess: () => {
        void message.success(t("devices.added"));
        setOffsetS(null);
      },
    });
  };
  const methodText = (method: string): string =>
    method === "manual" || method === "demo" || method === "rtcp" || method === "http"
      ? t(`devices.method.${method}`)
      : method.toUpperCase();
  return (
    <Panel title={t("devices.samples", { total: samples.length })}>
      {samples.length === 0 ? <p className="device-hint">{t("devices.noSamples")}</p> : null}
      <ul className="device-samples">
        {samples.slice(0, 12).map((sample) => (
          <li key={sample.at}>
            <span>{formatInstant(sample.at, timezone)}</span>
            <span>
              {sample.offsetMs > 0 ? "+" : ""}
              {(sample.offsetMs / 1000).toFixed(3)} ± {(sample.uncertaintyMs / 1000).toFixed(3)} s
            </span>
            <span className="device-small">{methodText(sample.method)}</span>
          </li>
        ))}
      </ul>
      {mayAdd ? (
        <div className="device-form">
          <p className="device-hint">{t("devices.sampleHint")}</p>
          {add.isError ? <ErrorPanel error={add.error} /> : null}
          <label htmlFor="sample-at">{t("devices.sampleAt")}</label>
          <DatePicker id="sample-at" showTime value={at} onChange={setAt} />
          <label htmlFor="sample-offset">{t("devices.offset")}</label>
          <InputNumber id="sample-offset" step={0.1} value={offsetS} onChange={setOffsetS} />
          <label htmlFor="sample-uncertainty">{t("devices.uncertainty")}</label>
          <InputNumber
            id="sample-uncertainty"
            min={0}
            max={60}
            step={0.1}
            value={uncertaintyS}
            onChange={setUncertaintyS}
          />
          <Button disabled={!isComplete} loading={add.isPending} onClick={send}>
            {t("devices.addSample")}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}
