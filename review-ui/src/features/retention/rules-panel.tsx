import type { RetentionView } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** How long what stays, counted from when, and whether anybody has verified it. */
export function RulesPanel({ classes }: { classes: RetentionView["classes"] }) {
  const { t, pick } = useText();
  return (
    <Panel title={t("retention.rules.title")} extra={t("retention.rules.hint")}>
      <ul className="retention-rules">
        {classes.map(({ code, title, from, deletes, term, basis, mark, verified }) => (
          <li key={code}>
            <div className="retention-rule-head">
              <b>{pick(title)}</b>
              <span className="retention-term">
                {term === null
                  ? t("retention.rules.permanent")
                  : t(term.unit === "days" ? "retention.rules.days" : "retention.rules.years", { total: term.length })}
              </span>
              <Badge tone={verified ? "good" : "warn"} title={mark}>
                {t(verified ? "retention.rules.verified" : "retention.rules.unverified")}
              </Badge>
            </div>
            <p>
              {t("retention.rules.from")}: {pick(from)} · {t("retention.rules.deletes")}: {pick(deletes)}
            </p>
            <p lang="zh-CN">{basis}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
