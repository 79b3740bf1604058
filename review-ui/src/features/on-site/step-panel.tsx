import type { ClueDetail, OnSiteCheckView } from "@mingcha/models/http";
import { Button, Input, InputNumber } from "antd";
import { useId, useState } from "react";
import { Link } from "react-router";
import { useClueEvent } from "../../api/clues.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface StepPanelProps {
  readonly clue: ClueDetail;
  readonly check: OnSiteCheckView;
  readonly onDone: () => void;
}
type Offer = ClueDetail["events"][number];

const steps: readonly Offer["event"][] = ["confirm_on_site", "not_found"];

/** What the finding leads to: the step of the record, and once it is verified the order to correct, given on the spot. */
export function StepPanel({ clue, check, onDone }: StepPanelProps) {
  const { t, pick } = useText();
  const send = useClueEvent(clue.id);
  const open = clue.events.filter(({ event, refusals }) => steps.includes(event) && refusals.length === 0);
  const dissuade = clue.events.find(({ event }) => event === "dissuade" || event === "dissuade_again");
  if (clue.state === "ON_SITE_CHECK" && check.findings.result === "cannot_tell" && check.state === "SIGNED_BY_BOTH")
    return (
      <Panel title={t("onSite.next")}>
        <p>{t("onSite.cannotTell")}</p>
      </Panel>
    );
  if (open.length === 0 && (dissuade === undefined || clue.state === "ON_SITE_CHECK")) return null;
  return (
    <Panel title={t("onSite.next")}>
      {send.error ? <ErrorPanel error={send.error} onRetry={onDone} /> : null}
      {open.map((offer) => (
        <Button
          key={offer.event}
          size="large"
          type="primary"
          block
          loading={send.isPending}
          onClick={() => send.mutate({ event: offer.event, version: clue.version }, { onSuccess: onDone })}
        >
          {pick(offer.title)}
        </Button>
      ))}
      {clue.state !== "ON_SITE_CHECK" && dissuade !== undefined ? (
        <DissuadeHere clue={clue} offer={dissuade} onDone={onDone} />
      ) : null}
      {clue.state === "ON_SITE_CHECK" ? null : (
        <p className="os-next-record">
          <Link to={`/clues/${clue.id}`}>{t("onSite.openRecord")}</Link>
        </p>
      )}
    </Panel>
  );
}

/** Dissuasion and order to correct, said to the party at the place; the words are the bureau's. */
function DissuadeHere({ clue, offer, onDone }: { clue: ClueDetail; offer: Offer; onDone: () => void }) {
  const { t, pick } = useText();
  const draft = clue.dissuasionDraft;
  const send = useClueEvent(clue.id);
  const id = useId();
  const [recipient, setRecipient] = useState("");
  const [minutes, setMinutes] = useState<number | null>(draft.correctWithinMin);
  const ready = recipient.trim() !== "" && minutes !== null && minutes >= draft.minCorrectMin;
  return (
    <div className="os-form">
      <h3>{pick(offer.title)}</h3>
      <div className="os-words">
        <label htmlFor={`${id}-to`}>{t("onSite.spokenTo")}</label>
        <Input
          id={`${id}-to`}
          size="large"
          maxLength={120}
          value={recipient}
          onChange={(event) => setRecipient(event.target.value)}
        />
      </div>
      <div className="os-words">
        <label htmlFor={`${id}-min`}>{t("item.dissuasion.minutes")}</label>
        <InputNumber
          id={`${id}-min`}
          size="large"
          min={draft.minCorrectMin}
          max={43_200}
          value={minutes}
          onChange={setMinutes}
        />
      </div>
      <p className="os-soft">
        {draft.text.replace("{minutes}", String(minutes ?? "?"))}{" "}
        {draft.verified ? null : <Badge tone="warn">{t("item.dissuasion.unverified")}</Badge>}
      </p>
      {send.error ? <ErrorPanel error={send.error} onRetry={onDone} /> : null}
      <Button
        size="large"
        block
        disabled={!ready}
        loading={send.isPending}
        onClick={() =>
          send.mutate(
            {
              event: offer.event,
              version: clue.version,
              dissuasion: { channel: "on_site", recipient: recipient.trim(), correctWithinMin: minutes ?? 0 },
            },
            { onSuccess: onDone },
          )
        }
      >
        {pick(offer.title)}
      </Button>
    </div>
  );
}
