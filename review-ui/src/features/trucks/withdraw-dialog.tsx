import type { TruckFiles } from "@mingcha/models/http";
import { App, Modal } from "antd";
import { useState } from "react";
import { useWithdrawTruckFile } from "../../api/trucks.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useText } from "../../lib/use-text.ts";

/** Takes the rows of a file out of every comparison, with a reason. */
export function WithdrawDialog({ file, onClose }: { file: TruckFiles["items"][number]; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const send = useWithdrawTruckFile(file.id);
  const [reason, setReason] = useState("");
  const run = () =>
    send.mutate(reason.trim(), {
      onSuccess: () => {
        void message.success(t("trucks.imports.withdrawnDone"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("trucks.imports.withdrawTitle", { name: file.name })}
      okText={t("trucks.imports.withdraw")}
      cancelText={t("action.cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: send.isPending }}
      onOk={run}
      onCancel={onClose}
      width={520}
    >
      <div className="trucks-form">
        {send.isError ? <ErrorPanel error={send.error} /> : null}
        <p className="trucks-hint">{t("trucks.imports.withdrawHint")}</p>
        <ReasonField label={t("trucks.leads.reason")} value={reason} onChange={setReason} />
      </div>
    </Modal>
  );
}
