import type { SuppressionOffer } from "@mingcha/models/http";
import { useText } from "../../lib/use-text.ts";

type Look = Pick<SuppressionOffer, "violationTitle" | "place" | "sourceName" | "zoneId">;

/** What is looked for, where, and by which camera. */
export function LookHead({ look }: { look: Look }) {
  const { t, pick } = useText();
  return (
    <div>
      <h3 className="suppression-title">
        {pick(look.violationTitle)} <span>{look.place}</span>
      </h3>
      <div className="suppression-small">
        {look.sourceName} · {t("item.zone")} {look.zoneId}
      </div>
    </div>
  );
}
