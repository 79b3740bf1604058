import { Button } from "antd";
import { useState } from "react";
import { useWithdrawCheck } from "../../api/on-site.ts";
import { useText } from "../../lib/use-text.ts";
import { AskReason } from "./ask-reason.tsx";

/** Ends a check without a finding, so that other officers can be sent. */
export function WithdrawCheck({ clueId, checkId }: { clueId: string; checkId: string }) {
  const { t } = useText();
  const withdraw = useWithdrawCheck(clueId, checkId);
  const [asking, setAsking] = useState(false);
  return (
    <div className="os-withdraw">
      <Button type="text" danger onClick={() => setAsking(true)}>
        {t("onSite.withdraw")}
      </Button>
      <AskReason
        open={asking}
        title={t("onSite.withdraw")}
        hint={t("onSite.withdrawHint")}
        busy={withdraw.isPending}
        error={withdraw.error}
        onCancel={() => setAsking(false)}
        onReason={(reason) => withdraw.mutate(reason, { onSuccess: () => setAsking(false) })}
      />
    </div>
  );
}
