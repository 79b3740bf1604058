import { Input, Modal } from "antd";
import { useState } from "react";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface AskReasonProps {
  readonly open: boolean;
  readonly title: string;
  readonly hint: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCancel: () => void;
  readonly onReason: (reason: string) => void;
}

/** What is withdrawn stays, and says why. */
export function AskReason({ open, title, hint, busy, error, onCancel, onReason }: AskReasonProps) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  return (
    <Modal
      open={open}
      title={title}
      okText={title}
      okButtonProps={{ danger: true, disabled: reason.trim().length < 2, loading: busy }}
      onOk={() => onReason(reason.trim())}
      onCancel={onCancel}
      destroyOnHidden
    >
      <p className="os-soft">{hint}</p>
      {error ? <ErrorPanel error={error} /> : null}
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={500}
        value={reason}
        placeholder={t("onSite.reason")}
        aria-label={t("onSite.reason")}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
