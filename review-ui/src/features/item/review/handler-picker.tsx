import { OfficerPicker } from "../../../components/officer-picker.tsx";
import { useText } from "../../../lib/use-text.ts";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

interface HandlerPickerProps {
  readonly clueId: string;
  readonly review: ReviewState;
  readonly offer: OfferedEvent;
}

/** Names the two officers of a step (APL 42). Who files is one of them; who dispatches may send others. */
export function HandlerPicker({ clueId, review, offer }: HandlerPickerProps) {
  const { t, pick } = useText();
  const dispatches = offer.event === "dispatch";
  return (
    <OfficerPicker
      clueId={clueId}
      title={`${pick(offer.title)} · ${t("item.twoHandlers")}`}
      okText={pick(offer.title)}
      hint={dispatches ? t("onSite.panel.dispatchHint") : t("item.twoHandlersHint")}
      withMe={!dispatches}
      busy={review.sending}
      onChoose={(handlerIds) => review.submit(offer, { handlerIds })}
      onCancel={review.cancel}
    />
  );
}
