import { type CertificateKind, certificateKindCodes, certificateKinds } from "@mingcha/models";
import type { CertificateBody } from "@mingcha/models/http";
import { DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useText } from "../../lib/use-text.ts";

/** A certificate that is being typed in. */
export interface CertificateDraft {
  readonly kind: CertificateKind;
  readonly number: string;
  readonly from: string | null;
  readonly to: string | null;
}
export const emptyCertificate: CertificateDraft = { kind: "enforcement", number: "", from: null, to: null };

export const isStarted = ({ number, from, to }: CertificateDraft): boolean =>
  number.trim() !== "" || from !== null || to !== null;

/** The certificate once it is whole and ends no earlier than it begins; null: something is missing. */
export function certificateOf({ kind, number, from, to }: CertificateDraft): CertificateBody | null {
  if (number.trim() === "" || from === null || to === null || to < from) return null;
  return { kind, number: number.trim(), validFrom: from, validTo: to };
}

interface CertificateFieldsProps {
  readonly id: string;
  readonly draft: CertificateDraft;
  readonly onChange: (draft: CertificateDraft) => void;
}

export function CertificateFields({ id, draft, onChange }: CertificateFieldsProps) {
  const { t, pick } = useText();
  const day = (value: string | null) => (value === null ? null : dayjs(value));
  return (
    <>
      <label htmlFor={`${id}-kind`}>{t("people.certificateKind")}</label>
      <Select
        id={`${id}-kind`}
        value={draft.kind}
        options={certificateKindCodes.map((kind) => ({ value: kind, label: pick(certificateKinds[kind]) }))}
        onChange={(kind) => onChange({ ...draft, kind })}
      />
      <label htmlFor={`${id}-number`}>{t("people.certificateNo")}</label>
      <Input
        id={`${id}-number`}
        maxLength={60}
        value={draft.number}
        onChange={(event) => onChange({ ...draft, number: event.target.value })}
      />
      <label htmlFor={`${id}-from`}>{t("people.validFrom")}</label>
      <DatePicker
        id={`${id}-from`}
        value={day(draft.from)}
        onChange={(value) => onChange({ ...draft, from: value?.format("YYYY-MM-DD") ?? null })}
      />
      <label htmlFor={`${id}-to`}>{t("people.validTo")}</label>
      <DatePicker
        id={`${id}-to`}
        value={day(draft.to)}
        status={draft.from !== null && draft.to !== null && draft.to < draft.from ? "error" : ""}
        onChange={(value) => onChange({ ...draft, to: value?.format("YYYY-MM-DD") ?? null })}
      />
    </>
  );
}
