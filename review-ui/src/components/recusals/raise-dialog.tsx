import { type RecusalReason, recusalReasonCodes, recusalReasons } from "@mingcha/models";
import { AutoComplete, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useText } from "../../lib/use-text.ts";
import { ErrorPanel } from "../page.tsx";
import "./recusals.css";

export interface Raised {
  readonly personId: string;
  readonly place: string;
  readonly reasonCode: RecusalReason;
  readonly note: string;
}

interface RaiseDialogProps {
  readonly title: string;
  /** What happens once it is sent. */
  readonly effect: string;
  /** Whom it may be about; one: that person. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Places to choose from; left out: it is about the record on the page. */
  readonly places?: readonly string[];
  readonly error: unknown;
  readonly sending: boolean;
  readonly onSend: (raised: Raised) => void;
  readonly onClose: () => void;
}

/** Asks who stays away, where, why, and what the relation is. */
export function RaiseDialog({ title, effect, people, places, error, sending, onSend, onClose }: RaiseDialogProps) {
  const { t, pick } = useText();
  const only = people.length === 1 ? (people[0]?.id ?? null) : null;
  const [personId, setPersonId] = useState<string | null>(only);
  const [place, setPlace] = useState("");
  const [reasonCode, setReasonCode] = useState<RecusalReason | null>(null);
  const [note, setNote] = useState("");
  const isComplete =
    personId !== null && reasonCode !== null && note.trim() !== "" && (places === undefined || place.trim().length > 1);
  const send = () => {
    if (!isComplete) return;
    onSend({ personId, place: place.trim(), reasonCode, note: note.trim() });
  };
  return (
    <Modal
      open
      title={title}
      okText={t("people.raise")}
      okButtonProps={{ disabled: !isComplete, loading: sending }}
      onOk={send}
      onCancel={onClose}
      width={480}
    >
      <div className="recusal-form">
        {error ? <ErrorPanel error={error} /> : null}
        <p className="recusal-small">{effect}</p>
        {only === null ? (
          <>
            <label htmlFor="recusal-person">{t("people.who")}</label>
            <Select
              id="recusal-person"
              showSearch={{ optionFilterProp: "label" }}
              value={personId}
              onChange={setPersonId}
              options={people.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </>
        ) : null}
        {places === undefined ? null : (
          <>
            <label htmlFor="recusal-place">{t("people.where")}</label>
            <AutoComplete
              id="recusal-place"
              value={place}
              onChange={setPlace}
              placeholder={t("people.wherePlaceholder")}
              showSearch={{ filterOption: (text, option) => String(option?.value ?? "").includes(text) }}
              options={[...new Set(places)].map((value) => ({ value }))}
            />
          </>
        )}
        <label htmlFor="recusal-reason">{t("people.reason")}</label>
        <Select
          id="recusal-reason"
          value={reasonCode}
          onChange={setReasonCode}
          options={recusalReasonCodes.map((code) => ({ value: code, label: pick(recusalReasons[code]) }))}
        />
        <label htmlFor="recusal-note">
          {t("people.relation")} <small>{t("people.relationHint")}</small>
        </label>
        <Input.TextArea
          id="recusal-note"
          rows={3}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Modal>
  );
}
