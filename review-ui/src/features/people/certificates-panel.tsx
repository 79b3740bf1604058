import { certificateKinds } from "@mingcha/models";
import type { AccountView, CertificateView } from "@mingcha/models/http";
import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useAddCertificate, useWithdrawCertificate } from "../../api/people.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { CertificateBadge } from "./account-list.tsx";
import { CertificateFields, certificateOf, emptyCertificate } from "./certificate-fields.tsx";

/** The history of a person's certificates, newest first; what was withdrawn is struck through and stays. */
export function CertificatesPanel({ account, own }: { account: AccountView; own: boolean }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const add = useAddCertificate(account.id);
  const [draft, setDraft] = useState(emptyCertificate);
  const [chosen, setChosen] = useState<CertificateView | null>(null);
  const certificate = certificateOf(draft);
  const time = (at: string): string => formatInstant(at, bureauTimezone).slice(0, 16);
  const send = () => {
    if (certificate === null) return;
    add.mutate(certificate, {
      onSuccess: () => {
        void message.success(t("people.saved"));
        setDraft(emptyCertificate);
      },
    });
  };
  return (
    <Panel
      title={t("people.certificates", { total: account.certificates.length })}
      extra={<CertificateBadge account={account} />}
    >
      {account.certificates.length === 0 ? <p className="people-hint">{t("people.noCertificates")}</p> : null}
      <ul className="certificates">
        {account.certificates.map((row) => (
          <li key={row.id} className={row.withdrawn === null ? "" : "certificate-withdrawn"}>
            <b>
              {pick(certificateKinds[row.kind])} {row.number}
            </b>
            <span className="certificate-term">
              {row.validFrom} – {row.validTo}
            </span>
            {row.withdrawn === null && !own ? (
              <Button size="small" type="text" onClick={() => setChosen(row)}>
                {t("people.withdraw")}
              </Button>
            ) : null}
            <small>
              {row.createdBy === null
                ? t("people.carriedOver")
                : t("people.recordedBy", { name: row.createdBy, time: time(row.createdAt) })}
              {row.withdrawn === null
                ? ""
                : ` · ${t("people.withdrawn", { name: row.withdrawn.by, time: time(row.withdrawn.at), reason: row.withdrawn.reason })}`}
            </small>
          </li>
        ))}
      </ul>
      {own ? null : (
        <div className="people-form">
          {add.isError ? <ErrorPanel error={add.error} /> : null}
          <p className="people-hint">{t("people.certificateHint")}</p>
          <CertificateFields id="certificate" draft={draft} onChange={setDraft} />
          <Button disabled={certificate === null} loading={add.isPending} onClick={send}>
            {t("people.addCertificate")}
          </Button>
        </div>
      )}
      {chosen === null ? null : (
        <WithdrawDialog accountId={account.id} certificate={chosen} onClose={() => setChosen(null)} />
      )}
    </Panel>
  );
}

interface WithdrawDialogProps {
  readonly accountId: string;
  readonly certificate: CertificateView;
  readonly onClose: () => void;
}

function WithdrawDialog({ accountId, certificate, onClose }: WithdrawDialogProps) {
  const { t } = useText();
  const withdraw = useWithdrawCertificate(accountId);
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={`${t("people.withdrawTitle")} · ${certificate.number}`}
      okText={t("people.withdraw")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: withdraw.isPending }}
      onOk={() =>
        withdraw.mutate({ certificateId: certificate.id, reason: reason.trim() }, { onSuccess: () => onClose() })
      }
      onCancel={onClose}
      width={440}
    >
      {withdraw.isError ? <ErrorPanel error={withdraw.error} /> : null}
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t("people.withdrawReason")}
        placeholder={t("people.withdrawReason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}
