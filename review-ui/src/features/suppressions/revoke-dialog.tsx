import type { SuppressionView } from "@mingcha/models/http";
import { App, Modal } from "antd";
import { useState } from "react";
import { useRevokeSuppression } from "../../api/suppressions.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
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
        <ReasonField
          label={t("suppressions.reason")}
          hint={t("suppressions.reasonHint")}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Modal>
  );
}
