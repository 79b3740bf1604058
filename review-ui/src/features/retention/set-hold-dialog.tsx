import type { LegalHoldBody } from "@mingcha/models/http";
import { App, Input, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useSources } from "../../api/records.ts";
import { useSetHold } from "../../api/retention.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { wallTimeToInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** A stretch of a source, or what a record rests on, kept until a day. */
export function SetHoldDialog({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const sources = useSources();
  const set = useSetHold();
  const [by, setBy] = useState<"time" | "record">("time");
  const [sourceId, setSourceId] = useState<string>();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [clue, setClue] = useState("");
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const items = sources.data?.items ?? [];
  const timezone = items.find(({ id }) => id === sourceId)?.timezone ?? bureauTimezone;
  const clueId = idPattern.exec(clue)?.[0];

  const body = ((): LegalHoldBody | null => {
    if (until === "" || reason.trim().length < 4) return null;
    const common = { until: wallTimeToInstant(`${until}T23:59:59`, bureauTimezone), reason: reason.trim() };
    if (by === "record") return clueId === undefined ? null : { clueId, ...common };
    if (sourceId === undefined || from === "" || to === "") return null;
    const at = (wall: string) => wallTimeToInstant(wall.length === 16 ? `${wall}:00` : wall, timezone);
    return { sourceId, from: at(from), to: at(to), ...common };
  })();
  const send = () => {
    if (body === null) return;
    set.mutate(body, {
      onSuccess: ({ clips, gone }) => {
        void message.success(
          gone === 0
            ? t("retention.holds.done", { total: clips })
            : t("retention.holds.doneGone", { total: clips, gone }),
        );
        onClose();
      },
    });
  };
  return (
    <Modal
      open
      title={t("retention.holds.setTitle")}
      okText={t("retention.holds.set")}
      okButtonProps={{ disabled: body === null, loading: set.isPending }}
      onOk={send}
      onCancel={onClose}
      width={560}
    >
      <div className="retention-form">
        {set.isError ? <ErrorPanel error={set.error} /> : null}
        <p className="retention-small">{t("retention.holds.effect")}</p>
        <Segmented
          value={by}
          onChange={setBy}
          options={[
            { value: "time", label: t("retention.holds.byTime") },
            { value: "record", label: t("retention.holds.byRecord") },
          ]}
        />
        {by === "time" ? (
          <>
            <label htmlFor="retention-source">{t("retention.holds.source")}</label>
            <Select
              id="retention-source"
              showSearch={{ optionFilterProp: "label" }}
              value={sourceId ?? null}
              onChange={(value: string) => setSourceId(value)}
              options={items.map(({ id, name }) => ({ value: id, label: name || id }))}
            />
            <div className="retention-pair">
              <div>
                <label htmlFor="retention-from">{t("retention.holds.from")}</label>
                <Input
                  id="retention-from"
                  type="datetime-local"
                  value={from}
                  onChange={(event) => setFrom(event.target.value)}
                />
              </div>
              <div>
                <label htmlFor="retention-to">{t("retention.holds.to")}</label>
                <Input
                  id="retention-to"
                  type="datetime-local"
                  value={to}
                  onChange={(event) => setTo(event.target.value)}
                />
              </div>
            </div>
          </>
        ) : (
          <>
            <label htmlFor="retention-clue">
              {t("retention.holds.clueId")} <small>{t("retention.holds.clueHint")}</small>
            </label>
            <Input id="retention-clue" value={clue} onChange={(event) => setClue(event.target.value)} />
          </>
        )}
        <label htmlFor="retention-until">{t("retention.holds.until")}</label>
        <Input
          id="retention-until"
          type="date"
          className="retention-date"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        <ReasonField
          label={t("retention.holds.reason")}
          hint={t("retention.holds.reasonHint")}
          value={reason}
          onChange={setReason}
        />
      </div>
    </Modal>
  );
}
