import { type ClueDetail, dissuasionChannels } from "@mingcha/models/http";
import { Button, Input, InputNumber, Segmented } from "antd";
import { useState } from "react";
import { Badge } from "../../../components/badges.tsx";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

const channelKeys = { sms: "sms", voice: "voice", on_site: "onSite" } as const;

interface DissuasionFormProps {
  readonly draft: ClueDetail["dissuasionDraft"];
  readonly review: ReviewState;
  readonly offer: OfferedEvent;
}

/** How the party is told to correct, whom, and by when. The words are the bureau's; nobody writes others. */
export function DissuasionForm({ draft, review, offer }: DissuasionFormProps) {
  const { t, pick } = useText();
  const [channel, setChannel] = useState<(typeof dissuasionChannels)[number]>("sms");
  const [recipient, setRecipient] = useState("");
  const [minutes, setMinutes] = useState<number | null>(draft.correctWithinMin);
  const isNumber = /^\+?[\d\s-]{5,20}$/.test(recipient.trim());
  const ready =
    minutes !== null && minutes >= draft.minCorrectMin && (channel === "on_site" ? recipient.trim() !== "" : isNumber);
  const send = () => {
    if (ready && minutes !== null)
      review.submit(offer, { dissuasion: { channel, recipient: recipient.trim(), correctWithinMin: minutes } });
  };
  return (
    <section className="asking asking-dissuasion" aria-label={pick(offer.title)}>
      <div className="asking-title">{pick(offer.title)}</div>
      <Segmented
        size="small"
        aria-label={t("item.dissuasion.channel")}
        value={channel}
        onChange={setChannel}
        options={dissuasionChannels.map((value) => ({
          value,
          label: t(`item.dissuasion.channels.${channelKeys[value]}`),
        }))}
      />
      <Input
        autoFocus
        maxLength={120}
        inputMode={channel === "on_site" ? "text" : "tel"}
        value={recipient}
        placeholder={t("item.dissuasion.recipient")}
        aria-label={t("item.dissuasion.recipient")}
        onChange={(event) => setRecipient(event.target.value)}
        onPressEnter={(event) => {
          if (!event.nativeEvent.isComposing) send();
        }}
      />
      <InputNumber
        min={draft.minCorrectMin}
        max={43_200}
        value={minutes}
        onChange={setMinutes}
        prefix={t("item.dissuasion.minutes")}
        aria-label={t("item.dissuasion.minutes")}
        title={t("item.dissuasion.least", { minutes: draft.minCorrectMin })}
      />
      <p className="dissuasion-text">
        {draft.text.replace("{minutes}", String(minutes ?? "?"))}{" "}
        {draft.verified ? null : <Badge tone="warn">{t("item.dissuasion.unverified")}</Badge>}
      </p>
      <div className="asking-actions">
        <Button onClick={review.cancel}>{t("action.cancel")}</Button>
        <Button type="primary" disabled={!ready} loading={review.sending} onClick={send}>
          {pick(offer.title)}
        </Button>
      </div>
    </section>
  );
}
