import { App, Button, DatePicker, InputNumber } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useAddClockSample } from "../../api/devices.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** A comparison made by hand. */
export function ClockForm({ sourceId }: { sourceId: string }) {
  const { t } = useText();
  const { message } = App.useApp();
  const add = useAddClockSample(sourceId);
  const [at, setAt] = useState<Dayjs | null>(dayjs());
  const [offsetS, setOffsetS] = useState<number | null>(null);
  const [uncertaintyS, setUncertaintyS] = useState<number | null>(0.5);
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
  return (
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
  );
}
