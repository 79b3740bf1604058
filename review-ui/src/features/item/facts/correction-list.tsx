import { correctionReasons } from "@mingcha/models/clue";
import type { ClueDetail, CorrectionView } from "@mingcha/models/http";
import { Badge } from "../../../components/badges.tsx";
import { Panel } from "../../../components/page.tsx";
import { formatInstant, formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";

/** Beside a value that a reviewer corrected. */
export function CorrectedMark({ clue, field }: { clue: Pick<ClueDetail, "corrected">; field: string }) {
  const { t } = useText();
  if (!clue.corrected.includes(field)) return null;
  return (
    <Badge tone="info" title={t("corrections.markHint")}>
      {t("corrections.mark")}
    </Badge>
  );
}

/** Every value a fact has had, the newest first: what it was, what it is, who says so, when and why. */
export function CorrectionList({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  if (clue.corrections.length === 0) return null;
  return (
    <Panel title={t("corrections.history")}>
      <ul className="correction-list">
        {[...clue.corrections].reverse().map((item) => (
          <CorrectionRow key={item.id} item={item} timezone={clue.timezone} />
        ))}
      </ul>
    </Panel>
  );
}

function CorrectionRow({ item, timezone }: { item: CorrectionView; timezone: string }) {
  const { t, pick } = useText();
  const words = (text: CorrectionView["newText"]) =>
    item.field === "from" || item.field === "to" ? formatInstantExact(text.zh, timezone) : pick(text);
  return (
    <li>
      <div className="correction-values">
        <b>{pick(item.title)}</b>
        <span>
          <s>{item.oldText === null ? t("corrections.none") : words(item.oldText)}</s> → <b>{words(item.newText)}</b>
        </span>
      </div>
      <div className="correction-why">
        {pick(correctionReasons[item.reasonCode])}
        {item.note ? ` — ${item.note}` : ""}
      </div>
      <div className="correction-by">
        {item.by === null
          ? t("corrections.blindBy", { round: item.round })
          : t("corrections.by", {
              name: item.by,
              badge: item.byBadgeNo ?? "",
              time: formatInstant(item.at, timezone),
            })}
        {item.by !== null && item.round > 1 ? ` · ${t("item.round", { round: item.round })}` : ""}
      </div>
    </li>
  );
}
