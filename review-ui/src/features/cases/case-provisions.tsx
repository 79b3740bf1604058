import type { CaseDetail } from "@mingcha/models/http";
import { Badge, UnverifiedBadge } from "../../components/badges.tsx";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** Provisions of the case; one that no lawyer has verified may stand in a draft but never in a decision (G-21). */
export function CaseProvisions({ detail }: { detail: CaseDetail }) {
  const { t } = useText();
  const unverified = detail.provisions.some((item) => !item.verified);
  return (
    <Panel title={t("item.provisions")}>
      {detail.provisions.length === 0 ? <p className="case-none">{t("item.noProvisions")}</p> : null}
      <ul className="case-provisions">
        {detail.provisions.map((item) => (
          <li key={`${item.law}${item.article}${item.use}`}>
            <span className="case-provision-use">{t(`provision.${item.use}`)}</span>
            <span>
              {item.law} {item.article}
            </span>
            {item.verified ? <Badge tone="good">{t("provision.verified")}</Badge> : <UnverifiedBadge />}
            {item.note ? <small>{item.note}</small> : null}
          </li>
        ))}
      </ul>
      {unverified ? <p className="case-warning">{t("provision.unverifiedHint")}</p> : null}
    </Panel>
  );
}
