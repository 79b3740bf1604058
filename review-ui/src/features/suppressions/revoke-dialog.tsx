import type { SuppressionView } from "@mingcha/models/http";
import { App, Input, Modal } from "antd";
import { useState } from "react";
import { useRevokeSuppression } from "../../api/suppressions.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { LookHead } from "./look-head.tsx";

/** Ends a suppression at once, with a reason. */
export function RevokeDialog({ item, onClose }: { item: SuppressionView; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const revoke = useRevokeSuppression(item.id);
  const [reason, setReason] = useState("");
  const send = () =>
    revoke.mutate(reason.trim(), {
      onSuccess: () => {
        void message.success(t("suppressions.revoked"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("suppressions.revokeTitle")}
      okText={t("suppressions.revoke")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: revoke.isPending }}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className="suppression-form">
        {revoke.isError ? <ErrorPanel error={revoke.error} /> : null}
        <LookHead look={item} />
        <p className="suppression-small">{t("suppressions.revokeEffect")}</p>
        <label htmlFor="suppression-revoke-reason">
          {t("suppressions.reason")} <small>{t("suppressions.reasonHint")}</small>
        </label>
        <Input.TextArea
          id="suppression-revoke-reason"
          rows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
    </Modal>
  );
}
