import type { SuppressionView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { Badge } from "../../components/badges.tsx";
import { BoxedPicture } from "../../components/boxed-picture.tsx";
import { Fact, Facts } from "../../components/page.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { aspectOf } from "./aspect-of.ts";
import { LookHead } from "./look-head.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

interface SuppressionCardProps {
  readonly item: SuppressionView;
  readonly state: "active" | "ended";
  readonly mayRevoke: boolean;
}

/** One suppression: where, who approved it until when and why, what it has suppressed, and how it ended. */
export function SuppressionCard({ item, state, mayRevoke }: SuppressionCardProps) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const picture = item.flags.at(-1);
  return (
    <article className="suppression-card suppression-standing">
      <BoxedPicture
        pictureId={picture?.pictureId ?? null}
        aspect={aspectOf(picture)}
        boxNorm={item.boxNorm}
        title={item.place}
      />
      <div>
        <div className="suppression-top">
          <LookHead look={item} />
          <StateBadge item={item} state={state} />
          {mayRevoke ? (
            <Button size="small" danger className="suppression-action" onClick={() => setAsking(true)}>
              {t("suppressions.revoke")}
            </Button>
          ) : null}
        </div>
        <Facts>
          <Fact label={t("suppressions.term")}>{formatSpan(item.validFrom, item.validUntil, item.timezone)}</Fact>
          <Fact label={t("suppressions.approvedBy")}>
            {t("suppressions.by", { name: item.approvedBy, at: formatInstant(item.approvedAt, item.timezone) })}
          </Fact>
          <Fact label={t("suppressions.reason")}>{item.reason}</Fact>
          <Fact label={t("suppressions.restsOn")}>{t("suppressions.rejections", { total: item.flags.length })}</Fact>
          <Fact label={t("suppressions.suppressed")}>
            <b>{t("suppressions.acts", { total: item.suppressedActs })}</b>
            <Latest item={item} />
          </Fact>
          {item.revoked ? (
            <Fact label={t("suppressions.revokedBy")}>
              {t("suppressions.by", { name: item.revoked.by, at: formatInstant(item.revoked.at, item.timezone) })}
              <div>{item.revoked.reason}</div>
            </Fact>
          ) : null}
        </Facts>
      </div>
      {asking ? <RevokeDialog item={item} onClose={() => setAsking(false)} /> : null}
    </article>
  );
}

function StateBadge({ item, state }: Pick<SuppressionCardProps, "item" | "state">) {
  const { t } = useText();
  if (state === "active") return <Badge tone="warn">{t("suppressions.state.active")}</Badge>;
  return <Badge>{item.revoked ? t("suppressions.state.revoked") : t("suppressions.state.expired")}</Badge>;
}

/** The newest acts that were not flagged: a number alone would not tell whether it is still at work. */
function Latest({ item }: { item: SuppressionView }) {
  const { t } = useText();
  if (item.latestActs.length === 0) return null;
  return (
    <ul className="suppression-small" aria-label={t("suppressions.latest")}>
      {item.latestActs.map((act) => (
        <li key={act.from}>{formatSpan(act.from, act.to, item.timezone)}</li>
      ))}
    </ul>
  );
}
