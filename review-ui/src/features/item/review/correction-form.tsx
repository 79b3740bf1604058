import {
  type CorrectionBody,
  type CorrectionReason,
  correctionReasonCodes,
  correctionReasons,
} from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { slotKeys, usePageKeys } from "../../../lib/keyboard.ts";
import { useText } from "../../../lib/use-text.ts";
import { CorrectionValue, valueInWords } from "./correction-value.tsx";
import type { ReviewState } from "./use-review.ts";

type Correctable = ClueDetail["correctable"][number];

interface CorrectionFormProps {
  readonly clue: ClueDetail;
  readonly review: ReviewState;
  /** What a colleague asked for, to begin with. */
  readonly start: CorrectionBody | undefined;
  /** The moment of the picture or film that is shown, for the beginning and end of the act. */
  readonly cursorMs: number | undefined;
}

/** First which fact, by its number key; then its value, why, and what shows it. Nothing is sent before the verdict. */
export function CorrectionForm({ clue, review, start, cursorMs }: CorrectionFormProps) {
  const [chosen, setChosen] = useState(clue.correctable.find(({ field }) => field === start?.field));
  return chosen === undefined ? (
    <FieldChoice clue={clue} review={review} onChoose={setChosen} />
  ) : (
    <ValueForm clue={clue} review={review} item={chosen} start={start} cursorMs={cursorMs} />
  );
}

function FieldChoice({
  clue,
  review,
  onChoose,
}: Pick<CorrectionFormProps, "clue" | "review"> & { onChoose: (item: Correctable) => void }) {
  const { t, pick } = useText();
  usePageKeys((press) => {
    const item = press.slot === null ? undefined : clue.correctable[press.slot - 1];
    if (item !== undefined) onChoose(item);
    else if (press.key === "Escape") review.cancel();
    return item !== undefined || press.key === "Escape" || press.slot !== null;
  });
  return (
    <section className="asking" aria-label={t("corrections.form")}>
      <div className="asking-title">{t("corrections.which")}</div>
      <div className="reasons reasons-plain">
        {clue.correctable.map((item, index) => (
          <button key={item.field} type="button" className="reason" onClick={() => onChoose(item)}>
            <kbd>{slotKeys[index]}</kbd>
            {pick(item.title)}
          </button>
        ))}
      </div>
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")} (Esc)</Button>
      </div>
    </section>
  );
}

function ValueForm({ clue, review, item, start, cursorMs }: CorrectionFormProps & { item: Correctable }) {
  const { t, pick } = useText();
  const [value, setValue] = useState(start?.value ?? (item.values === null ? (item.value ?? "") : ""));
  const [reasonCode, setReason] = useState<CorrectionReason | undefined>(start?.reasonCode);
  const [note, setNote] = useState(start?.note ?? "");
  const isOwn = review.kind !== null && item.by.includes(review.kind);
  const isReady = value.trim() !== "" && value.trim() !== item.value && reasonCode !== undefined && note.trim() !== "";
  const add = () => {
    if (isReady) review.addCorrection({ field: item.field, value: value.trim(), reasonCode, note: note.trim() });
  };
  return (
    <section
      className="asking asking-correction"
      aria-label={t("corrections.form")}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") review.cancel();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) add();
      }}
    >
      <div className="asking-title">{pick(item.title)}</div>
      <p className="correction-now">
        {t("corrections.now")}:{" "}
        <b>{item.value === null ? t("corrections.none") : valueInWords(item, item.value, clue.timezone, pick)}</b>
      </p>
      {isOwn ? null : <p className="correction-foreign">{t("corrections.notYoursHint")}</p>}
      <CorrectionValue clue={clue} item={item} value={value} cursorMs={cursorMs} onChange={setValue} />
      <Radio.Group
        className="correction-reasons"
        size="small"
        optionType="button"
        aria-label={t("corrections.reason")}
        value={reasonCode}
        options={correctionReasonCodes.map((code) => ({ value: code, label: pick(correctionReasons[code]) }))}
        onChange={(event) => setReason(event.target.value)}
      />
      <Input
        maxLength={500}
        value={note}
        placeholder={t("corrections.note")}
        aria-label={t("corrections.note")}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")} (Esc)</Button>
        <Button type="primary" disabled={!isReady} onClick={add}>
          {t("corrections.add")} (Ctrl+Enter)
        </Button>
      </div>
    </section>
  );
}
