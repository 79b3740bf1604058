import { PaperClipOutlined } from "@ant-design/icons";
import { type DeviceRecordView, deviceAttachmentMaxBytes } from "@mingcha/models/http";
import { App, Button, Input, Modal } from "antd";
import { type ChangeEvent, useRef, useState } from "react";
import { useAttach, useWithdrawAttachment } from "../../api/devices.ts";
import { attachmentUrl } from "../../api/media.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

interface AttachmentsProps {
  readonly sourceId: string;
  readonly record: DeviceRecordView;
  readonly timezone: string;
  readonly mayChange: boolean;
}
type Attachment = DeviceRecordView["attachments"][number];

/** Scans and photos of what a record names: pictures to look at, everything to keep, each with its hash. */
export function Attachments({ sourceId, record, timezone, mayChange }: AttachmentsProps) {
  const { t } = useText();
  const [chosen, setChosen] = useState<Attachment | null>(null);
  const time = (at: string): string => formatInstant(at, timezone).slice(0, 16);
  if (record.attachments.length === 0 && !mayChange) return null;
  return (
    <div className="device-attachments">
      {record.attachments.map((scan) => (
        <figure key={scan.id} className={scan.withdrawn === null ? "" : "device-withdrawn"}>
          {scan.viewable ? (
            <a href={attachmentUrl(scan.id, "view")} target="_blank" rel="noreferrer">
              <img
                src={attachmentUrl(scan.id, "view")}
                alt={t("attachments.of", { reference: record.reference })}
                loading="lazy"
              />
            </a>
          ) : null}
          <figcaption>
            {scan.withdrawn === null ? (
              <a href={attachmentUrl(scan.id, "original")} download>
                {t(`attachments.type.${scan.mediaType === "application/pdf" ? "pdf" : "picture"}`)}{" "}
                {formatBytes(scan.sizeBytes)}
              </a>
            ) : (
              <s>{t(`attachments.type.${scan.mediaType === "application/pdf" ? "pdf" : "picture"}`)}</s>
            )}
            <span title={scan.sha256}>SHA-256 {scan.sha256.slice(0, 12)}…</span>
            <span>{t("devices.recordedBy", { name: scan.by, time: time(scan.at) })}</span>
            {scan.withdrawn === null ? null : (
              <span>
                {t("devices.withdrawn", {
                  name: scan.withdrawn.by,
                  time: time(scan.withdrawn.at),
                  reason: scan.withdrawn.reason,
                })}
              </span>
            )}
            {scan.withdrawn === null && mayChange ? (
              <Button size="small" type="link" onClick={() => setChosen(scan)}>
                {t("attachments.withdraw")}
              </Button>
            ) : null}
          </figcaption>
        </figure>
      ))}
      {mayChange ? <AttachButton sourceId={sourceId} record={record} /> : null}
      {chosen === null ? null : (
        <WithdrawScan sourceId={sourceId} recordId={record.id} scan={chosen} onClose={() => setChosen(null)} />
      )}
    </div>
  );
}

function AttachButton({ sourceId, record }: Pick<AttachmentsProps, "sourceId" | "record">) {
  const { t } = useText();
  const { message } = App.useApp();
  const attach = useAttach(sourceId);
  const input = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // the same file may be chosen again after a refusal
    event.target.value = "";
    if (file === undefined) return;
    attach.mutate(
      { recordId: record.id, file },
      { onSuccess: ({ added }) => void message.success(t(added ? "attachments.added" : "attachments.known")) },
    );
  };
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/jpeg,image/png,application/pdf"
        aria-label={t("attachments.choose")}
        onChange={take}
      />
      <Button
        size="small"
        icon={<PaperClipOutlined />}
        loading={attach.isPending}
        title={t("attachments.hint", { limit: formatBytes(deviceAttachmentMaxBytes) })}
        aria-label={t("attachments.toRecord", { reference: record.reference })}
        onClick={() => input.current?.click()}
      >
        {t("attachments.add")}
      </Button>
      {attach.isError ? <ErrorPanel error={attach.error} /> : null}
    </>
  );
}

interface WithdrawScanProps {
  readonly sourceId: string;
  readonly recordId: string;
  readonly scan: Attachment;
  readonly onClose: () => void;
}

function WithdrawScan({ sourceId, recordId, scan, onClose }: WithdrawScanProps) {
  const { t } = useText();
  const withdraw = useWithdrawAttachment(sourceId);
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={`${t("attachments.withdraw")} · SHA-256 ${scan.sha256.slice(0, 12)}…`}
      okText={t("attachments.withdraw")}
      cancelText={t("action.cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: withdraw.isPending }}
      onOk={() =>
        withdraw.mutate({ recordId, attachmentId: scan.id, reason: reason.trim() }, { onSuccess: () => onClose() })
      }
      onCancel={onClose}
    >
      {withdraw.isError ? <ErrorPanel error={withdraw.error} /> : null}
      <p className="device-hint">{t("attachments.withdrawHint")}</p>
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
