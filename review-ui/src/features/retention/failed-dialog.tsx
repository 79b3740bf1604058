import type { FailedClipView, FailedDecision } from "@mingcha/models/http";
import { App, Modal, Radio } from "antd";
import { useState } from "react";
import { useDecideFailed } from "../../api/retention.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useText } from "../../lib/use-text.ts";

/** Try it once more, or let its term count: with why, in either case. */
export function FailedDialog({ clip, onClose }: { clip: FailedClipView; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const decide = useDecideFailed(clip.clipId);
  const [decision, setDecision] = useState<FailedDecision["decision"]>("again");
  const [reason, setReason] = useState("");
  const send = () =>
    decide.mutate(
      { decision, reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t(`retention.failed.done.${decision}`));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("retention.failed.dialogTitle")}
      okText={t("retention.failed.ok")}
      okButtonProps={{ disabled: reason.trim().length < 4, loading: decide.isPending }}
      onOk={send}
      onCancel={onClose}
      width={520}
    >
      <div className="retention-form">
        {decide.isError ? <ErrorPanel error={decide.error} /> : null}
        <Radio.Group value={decision} onChange={(event) => setDecision(event.target.value)}>
          <Radio value="again">{t("retention.failed.again")}</Radio>
          <Radio value="let_go">{t("retention.failed.letGo")}</Radio>
        </Radio.Group>
        <p className="retention-small">{t(`retention.failed.effect.${decision}`)}</p>
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
