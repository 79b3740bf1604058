import { EditOutlined } from "@ant-design/icons";
import {
  clueStates,
  type PriorityLevel,
  type PriorityReason,
  priorityCodes,
  priorityDuties,
  priorityLevels,
  priorityReasonCodes,
  priorityReasons,
} from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useSetPriority } from "../../api/clues.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";

/** Moves a record in its queue, for those whose duty it is; the server decides. */
export function SetPriority({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const person = usePerson();
  const [open, setOpen] = useState(false);
  if (!clueStates[clue.state].open || !holdsAny(person, [...priorityDuties])) return null;
  return (
    <>
      <Button
        size="small"
        type="text"
        icon={<EditOutlined />}
        aria-label={t("priority.change")}
        title={t("priority.change")}
        onClick={() => setOpen(true)}
      />
      {open ? <PriorityDialog clue={clue} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

type Wanted = PriorityLevel | "facts";

function PriorityDialog({ clue, onClose }: { clue: ClueDetail; onClose: () => void }) {
  const { t, pick } = useText();
  const set = useSetPriority(clue.id);
  const [wanted, setWanted] = useState<Wanted>(clue.priority.manual ? "facts" : "URGENT");
  const [reasonCode, setReason] = useState<PriorityReason | undefined>(undefined);
  const [note, setNote] = useState("");
  const byFacts = wanted === "facts";
  const ready = byFacts || (reasonCode !== undefined && (reasonCode !== "other" || note.trim() !== ""));
  const send = () =>
    set.mutate(
      {
        version: clue.version,
        was: clue.priority.level,
        level: wanted === "facts" ? null : wanted,
        ...(byFacts || reasonCode === undefined ? {} : { reasonCode }),
        ...(byFacts || note.trim() === "" ? {} : { note: note.trim() }),
      },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={t("priority.change")}
      okText={t("action.confirm")}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !ready, loading: set.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      {set.isError ? <ErrorPanel error={set.error} /> : null}
      <p className="priority-hint">{t("priority.hint")}</p>
      <Form layout="vertical">
        <Form.Item label={t("priority.level")}>
          <Radio.Group
            aria-label={t("priority.level")}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            options={[
              ...priorityCodes.map((level) => ({ value: level, label: pick(priorityLevels[level]) })),
              ...(clue.priority.manual ? [{ value: "facts", label: t("priority.byFacts") }] : []),
            ]}
          />
        </Form.Item>
        {byFacts ? null : (
          <>
            <Form.Item label={t("priority.reason")} htmlFor="priority-reason">
              <Select<PriorityReason>
                id="priority-reason"
                value={reasonCode ?? null}
                placeholder={t("priority.reason")}
                onChange={setReason}
                options={priorityReasonCodes.map((code) => ({ value: code, label: pick(priorityReasons[code]) }))}
              />
            </Form.Item>
            <Form.Item label={t("priority.note")} htmlFor="priority-note">
              <Input.TextArea
                id="priority-note"
                rows={2}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
