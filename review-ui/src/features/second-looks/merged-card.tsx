import type { MergedRate } from "@mingcha/models/http";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useLiftFallback } from "../../api/second-looks.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Fact, Facts } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { formatShare } from "./format-share.ts";

/** The bureau's own clock: a fall-back belongs to no single source. */
const timezone = "Asia/Shanghai";

interface MergedCardProps {
  readonly rate: MergedRate;
  readonly least: number;
  readonly mayLift: boolean;
}

/** Merged review of one violation: its approval, how often second looks disagreed, and its fall-backs. */
export function MergedCard({ rate, least, mayLift }: MergedCardProps) {
  const { t, pick } = useText();
  const [asking, setAsking] = useState(false);
  const { approval, fallback, looked, disagreed, lifted } = rate;
  return (
    <article className="merged-card">
      <div className="second-head">
        <b>{pick(rate.violationTitle)}</b>
        {fallback === null ? (
          <Badge tone="good">{t("secondLooks.allowed")}</Badge>
        ) : (
          <Badge tone="warn">{t("secondLooks.sequential", { time: formatInstant(fallback.since, timezone) })}</Badge>
        )}
        {fallback !== null && mayLift ? (
          <Button size="small" onClick={() => setAsking(true)}>
            {t("secondLooks.lift")}
          </Button>
        ) : null}
      </div>
      <Facts>
        <Fact label={t("secondLooks.disagreement")}>
          {rate.rate === null
            ? t("secondLooks.tooFew", { disagreed, looked, least })
            : t("secondLooks.rate", { disagreed, looked, rate: formatShare(rate.rate) })}
        </Fact>
        <Fact label={t("secondLooks.approval")}>
          {approval.document} {t("secondLooks.approvedOn", { day: approval.approvedOn })}{" "}
          {approval.verified ? null : <Badge tone="warn">{t("secondLooks.unverified")}</Badge>}
        </Fact>
      </Facts>
      {fallback === null ? null : <p className="second-small">{pick(fallback)}</p>}
      {lifted.map((row) => (
        <p key={row.id} className="second-small">
          {t("secondLooks.liftedBy", {
            since: formatInstant(row.since, timezone),
            name: row.by,
            time: formatInstant(row.liftedAt, timezone),
            reason: row.reason,
          })}
        </p>
      ))}
      {asking && fallback !== null ? <LiftDialog id={fallback.id} onClose={() => setAsking(false)} /> : null}
    </article>
  );
}

function LiftDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const lift = useLiftFallback(id);
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={t("secondLooks.liftTitle")}
      okText={t("secondLooks.lift")}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: reason.trim().length < 4, loading: lift.isPending }}
      onOk={() =>
        lift.mutate(reason.trim(), {
          onSuccess: () => {
            void message.success(t("secondLooks.lifted"));
            onClose();
          },
        })
      }
      onCancel={onClose}
    >
      {lift.isError ? <ErrorPanel error={lift.error} /> : null}
      <p className="second-small">{t("secondLooks.liftEffect")}</p>
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t("secondLooks.liftReason")}
        placeholder={t("secondLooks.liftReason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
