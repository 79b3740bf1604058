import type { LegalHoldView } from "@mingcha/models/http";
import { App, Modal } from "antd";
import { useState } from "react";
import { useProposeLift } from "../../api/retention.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useText } from "../../lib/use-text.ts";

/** The first of two people says why a hold is not needed any more. */
export function ProposeDialog({ hold, onClose }: { hold: LegalHoldView; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const propose = useProposeLift(hold.id);
  const [reason, setReason] = useState("");
  const send = () =>
    propose.mutate(
      { version: hold.version, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("retention.holds.proposed"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("retention.holds.proposeTitle")}
      okText={t("retention.holds.propose")}
      okButtonProps={{ disabled: reason.trim().length < 4, loading: propose.isPending }}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className="retention-form">
        {propose.isError ? <ErrorPanel error={propose.error} /> : null}
        <p className="retention-small">{t("retention.holds.proposeEffect")}</p>
        <ReasonField
          label={t("retention.holds.reason")}
          hint={t("retention.holds.reasonHint")}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Modal>
  );
}
