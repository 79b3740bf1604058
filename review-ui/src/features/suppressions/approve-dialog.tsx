import type { SuppressionOffer } from "@mingcha/models/http";
import { App, DatePicker, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useApproveSuppression } from "../../api/suppressions.ts";
import { BoxedPicture } from "../../components/boxed-picture.tsx";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useNow } from "../../lib/use-now.ts";
import { useText } from "../../lib/use-text.ts";
import { aspectOf } from "./aspect-of.ts";
import { dayOf, endOfDay, mayEndOn } from "./last-day.ts";
import { LookHead } from "./look-head.tsx";

const dayFormat = "YYYY-MM-DD";

/** Asks until when and why; nothing is approved without both. */
export function ApproveDialog({ offer, onClose }: { offer: SuppressionOffer; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const approve = useApproveSuppression();
  const now = useNow();
  const [day, setDay] = useState<string | null>(dayOf(offer.proposedUntil, offer.timezone));
  const [reason, setReason] = useState("");
  const complete = day !== null && mayEndOn(day, offer, now) && reason.trim() !== "";
  const newest = offer.flags.at(-1);
  const send = () => {
    if (day === null || !complete) return;
    approve.mutate(
      { offerKey: offer.key, validUntil: endOfDay(day, offer.timezone), reason: reason.trim() },
      {
        onSuccess: () => {
          void message.success(t("suppressions.approved"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t("suppressions.approveTitle")}
      okText={t("suppressions.approve")}
      okButtonProps={{ disabled: !complete, loading: approve.isPending }}
      onOk={send}
      onCancel={onClose}
      width={560}
    >
      <div className="suppression-form">
        {approve.isError ? <ErrorPanel error={approve.error} /> : null}
        <LookHead look={offer} />
        <BoxedPicture
          pictureId={newest?.pictureId ?? null}
          aspect={aspectOf(newest)}
          boxNorm={offer.boxNorm}
          title={offer.place}
        />
        <p className="suppression-small">{t("suppressions.effect")}</p>
        <label htmlFor="suppression-until">
          {t("suppressions.until")}{" "}
          <small>{t("suppressions.untilHint", { day: dayOf(offer.latestUntil, offer.timezone) })}</small>
        </label>
        <DatePicker
          id="suppression-until"
          value={day === null ? null : dayjs(day)}
          disabledDate={(date) => !mayEndOn(date.format(dayFormat), offer, now)}
          onChange={(date) => setDay(date === null ? null : date.format(dayFormat))}
        />
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
