import type { ObjectMatchView } from "@mingcha/models/http";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useWithdrawMatch } from "../../../api/objects.ts";
import { ErrorPanel } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";

/** Takes back a match; a reason is asked for. */
export function WithdrawMatch({ clueId, match }: { clueId: string; match: ObjectMatchView }) {
  const { t } = useText();
  const withdraw = useWithdrawMatch(clueId);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  return (
    <>
      <Button size="small" className="object-withdraw" onClick={() => setOpen(true)}>
        {t("objects.card.withdraw")}
      </Button>
      <Modal
        open={open}
        title={`${t("objects.card.withdraw")} · ${match.object.name}`}
        okText={t("objects.card.withdraw")}
        cancelText={t("action.cancel")}
        okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: withdraw.isPending }}
        onOk={() => withdraw.mutate({ matchId: match.id, reason: reason.trim() }, { onSuccess: () => setOpen(false) })}
        onCancel={() => setOpen(false)}
      >
        {withdraw.isError ? <ErrorPanel error={withdraw.error} /> : null}
        <p className="object-soft">{t("objects.card.withdrawHint")}</p>
        <Input.TextArea
          rows={3}
          maxLength={500}
          aria-label={t("objects.reason")}
          placeholder={t("objects.reason")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  );
}
