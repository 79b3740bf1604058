import { EditOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import { useNarrow } from "../../../lib/use-narrow.ts";
import { useText } from "../../../lib/use-text.ts";
import { asidesKey, eventKeys, offerOfKey } from "./event-keys.ts";
import {
  leadsOn,
  notOwn,
  type OfferedEvent,
  partAsides,
  saysOf,
  standingRefusals,
  takesCorrections,
  verdictRole,
} from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

/** One button per step that the server offers; a refused one stays visible with the guard's reason and its legal basis. */
export function VerdictBar({ review, barred }: { review: ReviewState; barred: boolean }) {
  const { t, pick } = useText();
  const { steps, asides } = partAsides(review.offers);
  const refused = steps.filter((offer) => standingRefusals(offer).length > 0);
  return (
    <div className="verdicts">
      {refused.length > 0 ? (
        <ul className="refusals">
          {refused.flatMap((offer) =>
            standingRefusals(offer).map((refusal) => (
              <Refusal key={offer.event + refusal.guard} offer={offer} refusal={refusal} />
            )),
          )}
        </ul>
      ) : null}
      <div className="verdict-buttons">
        {review.kind === null || barred ? null : (
          <Button className="verdict verdict-correct" icon={<EditOutlined />} onClick={() => review.correct()}>
            {t("corrections.correct")}
            <kbd aria-hidden>E</kbd>
          </Button>
        )}
        {steps.map((offer) => (
          <VerdictButton key={offer.event} offer={offer} review={review} barred={barred} />
        ))}
        {asides.length === 0 ? null : (
          <Dropdown
            trigger={["click"]}
            autoFocus
            open={review.asidesOpen}
            onOpenChange={review.showAsides}
            menu={{
              items: asides.map((offer) => ({
                key: offer.event,
                label: pick(offer.title),
                disabled: standingRefusals(offer).length > 0,
                onClick: () => review.choose(offer),
              })),
            }}
          >
            <Button className="verdict-others" aria-keyshortcuts={asidesKey.toUpperCase()} disabled={barred}>
              {t("endings.others")}
              <kbd aria-hidden>{asidesKey.toUpperCase()}</kbd>
            </Button>
          </Dropdown>
        )}
      </div>
    </div>
  );
}

function Refusal({ offer, refusal }: { offer: OfferedEvent; refusal: OfferedEvent["refusals"][number] }) {
  const { t, pick } = useText();
  return (
    <li className="refusal">
      <b>{pick(offer.title)}</b> {t("item.refusedBecause")} {pick(refusal)}
      <small>
        {refusal.guard} · {t("item.basis")} {refusal.basis}
      </small>
    </li>
  );
}

function VerdictButton({ offer, review, barred }: { offer: OfferedEvent; review: ReviewState; barred: boolean }) {
  const { t, pick } = useText();
  const role = verdictRole(offer.event);
  const refusal = standingRefusals(offer)[0];
  const isCorrecting = role === "accept" && review.corrections.length > 0 && takesCorrections(offer.event);
  const open = role === "accept" && (review.gaps.length > 0 || notOwn(review.corrections, review.kind).length > 0);
  const letter = eventKeys[offer.event];
  const key = offerOfKey(letter, review.offers) === offer ? letter.toUpperCase() : "";
  const narrow = useNarrow();
  const agreement = saysOf(offer.event);
  const shortText =
    agreement === undefined ? t(`item.shortVerdict.${role as "accept"}`) : t(`secondLooks.short.${agreement}`);
  return (
    <Tooltip
      title={
        refusal ? pick(refusal) : review.gaps.length > 0 && open ? t("item.gaps", { total: review.gaps.length }) : ""
      }
    >
      <Button
        aria-keyshortcuts={key === "" ? undefined : key}
        className={`verdict verdict-${role} ${open ? "verdict-open" : ""}`}
        type={role === "accept" || leadsOn(offer.event) ? "primary" : "default"}
        danger={role === "reject"}
        disabled={refusal !== undefined || barred}
        loading={review.sending && review.asking === null}
        onClick={() => review.choose(offer)}
      >
        {isCorrecting ? t("corrections.acceptWith") : narrow && role !== "step" ? shortText : pick(offer.title)}
        {key === "" ? null : <kbd aria-hidden>{key}</kbd>}
      </Button>
    </Tooltip>
  );
}
