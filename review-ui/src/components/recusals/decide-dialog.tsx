import { recusalReasons } from "@mingcha/models";
import type { RecusalView } from "@mingcha/models/http";
import { App, Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useDecideRecusal } from "../../api/recusals.ts";
import { useText } from "../../lib/use-text.ts";
import { ErrorPanel } from "../page.tsx";

type Result = "approved" | "refused";

/** The head's decision (APL 43(3)); that a person need not stay away is said with words. */
export function DecideDialog({ item, onClose }: { item: RecusalView; onClose: () => void }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const decide = useDecideRecusal(item.id);
  const last = item.decisions.at(-1)?.result;
  const [result, setResult] = useState<Result>(last === "approved" ? "refused" : "approved");
  const [note, setNote] = useState("");
  const isComplete = result === "approved" || note.trim() !== "";
  const send = () => {
    if (!isComplete) return;
    const words = note.trim();
    decide.mutate(
      { result, decided: item.decisions.length, ...(words === "" ? {} : { note: words }) },
      {
        onSuccess: () => {
          void message.success(t("people.decided"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={t("people.decideTitle", { name: item.person.name })}
      okText={t("people.decide")}
      okButtonProps={{ disabled: !isComplete, loading: decide.isPending }}
      onOk={send}
      onCancel={onClose}
      width={480}
    >
      <div className="recusal-form">
        {decide.isError ? <ErrorPanel error={decide.error} /> : null}
        <p>
          {item.place} · {pick(recusalReasons[item.reasonCode])}: {item.note}
        </p>
        <Radio.Group
          value={result}
          onChange={(event) => setResult(event.target.value)}
          options={[
            { value: "approved", label: t("people.approve"), disabled: last === "approved" },
            { value: "refused", label: t("people.refuse"), disabled: last === "refused" },
          ]}
        />
        <label htmlFor="decision-note">{t("people.decisionNote")}</label>
        <Input.TextArea
          id="decision-note"
          rows={3}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
    </Modal>
  );
}
