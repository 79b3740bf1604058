import type { Duty } from "@mingcha/models";
import { Input, Modal } from "antd";
import { useState } from "react";
import { useCreatePerson } from "../../api/people.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { CertificateFields, certificateOf, emptyCertificate, isStarted } from "./certificate-fields.tsx";
import { DutyFields } from "./duty-fields.tsx";
import { HandedPassword } from "./handed-password.tsx";

interface NewAccountProps {
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}

/** Makes an account; afterwards its one-time password is shown, once. */
export function NewAccount({ onClose, onCreated }: NewAccountProps) {
  const { t } = useText();
  const create = useCreatePerson();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [badgeNo, setBadgeNo] = useState("");
  const [duties, setDuties] = useState<Duty[]>([]);
  const [districts, setDistricts] = useState<string[]>([]);
  const [draft, setDraft] = useState(emptyCertificate);
  const certificate = certificateOf(draft);
  const isComplete =
    /^[a-z0-9._-]{2,40}$/.test(login) &&
    name.trim() !== "" &&
    duties.length > 0 &&
    (!isStarted(draft) || certificate !== null);
  const send = () => {
    if (!isComplete || create.isPending) return;
    create.mutate(
      {
        login,
        name: name.trim(),
        duties,
        districts,
        ...(badgeNo.trim() === "" ? {} : { badgeNo: badgeNo.trim() }),
        ...(certificate === null ? {} : { certificate }),
      },
      { onSuccess: ({ id }) => onCreated(id) },
    );
  };
  if (create.data) return <HandedPassword {...create.data} onClose={onClose} />;
  return (
    <Modal
      open
      title={t("people.create")}
      okText={t("people.create")}
      okButtonProps={{ disabled: !isComplete, loading: create.isPending }}
      onOk={send}
      onCancel={onClose}
      width={640}
    >
      <div className="people-form">
        {create.isError ? <ErrorPanel error={create.error} /> : null}
        <label htmlFor="account-login">{t("people.login")}</label>
        <Input
          id="account-login"
          autoFocus
          autoComplete="off"
          maxLength={40}
          placeholder={t("people.loginHint")}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor="account-name">{t("people.name")}</label>
        <Input id="account-name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor="account-badge">{t("people.badgeNo")}</label>
        <Input id="account-badge" maxLength={40} value={badgeNo} onChange={(event) => setBadgeNo(event.target.value)} />
        <DutyFields duties={duties} districts={districts} onDuties={setDuties} onDistricts={setDistricts} />
        <p className="people-section">{t("people.firstCertificate")}</p>
        <CertificateFields id="account-certificate" draft={draft} onChange={setDraft} />
      </div>
    </Modal>
  );
}
