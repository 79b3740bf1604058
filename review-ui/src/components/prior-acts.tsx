import { type ClueState, clueStates } from "@mingcha/models/clue";
import type { PriorActs as Acts } from "@mingcha/models/http";
import { Link } from "react-router";
import { formatInstant } from "../lib/format-time.ts";
import { useText } from "../lib/use-text.ts";
import { Badge, ClueStateBadge } from "./badges.tsx";
import "./prior-acts.css";

/** What happened at a place or with an object over the last twelve months: counts per outcome, then the newest. */
export function PriorActs({
  acts,
  shown = acts.items.length,
  cases = true,
}: {
  acts: Acts;
  shown?: number;
  cases?: boolean;
}) {
  const { t, pick } = useText();
  if (acts.total === 0) return <p className="acts-hint">{t("objects.acts.none")}</p>;
  const items = acts.items.slice(0, shown);
  return (
    <>
      <div className="acts-counts">
        {Object.entries(acts.counts).map(([state, count]) => (
          <span key={state}>
            {state in clueStates ? pick(clueStates[state as ClueState]) : state}
            <b>{count}</b>
          </span>
        ))}
      </div>
      <p className="acts-hint">{t("objects.acts.hint")}</p>
      <ul className="acts">
        {items.map((act) => (
          <li key={act.clueId}>
            <Link to={`/clues/${act.clueId}`}>{pick(act.violationTitle)}</Link>
            <span>{formatInstant(act.from, act.timezone)}</span>
            <ClueStateBadge state={act.state as ClueState} />
            <Badge tone={act.confirmed ? "info" : "plain"}>
              {act.confirmed ? t("objects.acts.confirmed") : t("objects.acts.atPlace")}
            </Badge>
            {act.caseId !== null && cases ? (
              <Link to={`/cases/${act.caseId}`}>{t("objects.acts.openCase")}</Link>
            ) : null}
          </li>
        ))}
      </ul>
      {acts.total > items.length ? (
        <p className="acts-hint">{t("objects.acts.more", { total: acts.total - items.length })}</p>
      ) : null}
    </>
  );
}
