import { deviceRecordKinds } from "@mingcha/models/device";
import type { DeviceRecordView, DeviceView } from "@mingcha/models/http";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useWithdrawRecord } from "../../api/devices.ts";
import { ErrorPanel, Nothing, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { Attachments } from "./attachments.tsx";

/** Everything ever entered, newest first; what was withdrawn is struck through and stays. */
export function RecordList({ device }: { device: DeviceView }) {
  const { t, pick } = useText();
  const { duties } = usePerson();
  const [chosen, setChosen] = useState<DeviceRecordView | null>(null);
  const { timezone } = device;
  const time = (at: string): string => formatInstant(at, timezone).slice(0, 16);
  const mayEnter = ({ kind }: DeviceRecordView): boolean =>
    device.barred === null && deviceRecordKinds[kind].by.some((duty) => duties.includes(duty));
  return (
    <Panel title={t("devices.records", { total: device.records.length })}>
      {device.records.length === 0 ? <Nothing>{t("devices.noRecords")}</Nothing> : null}
      <ul className="device-records">
        {device.records.map((record) => (
          <li key={record.id} className={record.withdrawn === null ? "" : "device-withdrawn"}>
            <b>{pick(deviceRecordKinds[record.kind])}</b>
            <span className="device-span">
              {time(record.validFrom)} – {record.validTo === null ? "" : time(record.validTo)}
            </span>
            <span className="device-reference">{record.reference}</span>
            {record.retrieval === null ? null : (
              <span className="device-small">{t("endings.retrievalFacts", record.retrieval)}</span>
            )}
            {record.carrier === null ? null : (
              <span className="device-small">{t("field.carrierFacts", { name: record.carrier.name })}</span>
            )}
            {record.note === null ? null : <span className="device-small">{record.note}</span>}
            <span className="device-small">
              {record.createdBy === null
                ? t("devices.demo")
                : t("devices.recordedBy", { name: record.createdBy, time: time(record.createdAt) })}
            </span>
            {record.withdrawn === null ? null : (
              <span className="device-small">
                {t("devices.withdrawn", {
                  name: record.withdrawn.by,
                  time: time(record.withdrawn.at),
                  reason: record.withdrawn.reason,
                })}
              </span>
            )}
            <Attachments
              sourceId={device.sourceId}
              record={record}
              timezone={timezone}
              mayChange={record.withdrawn === null && mayEnter(record)}
            />
            {record.withdrawn === null && mayEnter(record) ? (
              <Button size="small" className="device-action" onClick={() => setChosen(record)}>
                {t("devices.withdraw")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {chosen === null ? null : (
        <WithdrawDialog sourceId={device.sourceId} record={chosen} onClose={() => setChosen(null)} />
      )}
    </Panel>
  );
}

function WithdrawDialog({
  sourceId,
  record,
  onClose,
}: {
  sourceId: string;
  record: DeviceRecordView;
  onClose: () => void;
}) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const withdraw = useWithdrawRecord(sourceId);
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={`${t("devices.withdrawTitle")} · ${pick(deviceRecordKinds[record.kind])}`}
      okText={t("devices.withdraw")}
      cancelText={t("action.cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: withdraw.isPending }}
      onOk={() =>
        withdraw.mutate(
          { recordId: record.id, reason: reason.trim() },
          {
            onSuccess: () => {
              void message.success(t("devices.withdraw"));
              onClose();
            },
          },
        )
      }
      onCancel={onClose}
    >
      {withdraw.isError ? <ErrorPanel error={withdraw.error} /> : null}
      <p className="device-hint">{t("devices.withdrawHint")}</p>
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t("devices.withdrawReason")}
        placeholder={t("devices.withdrawReason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
