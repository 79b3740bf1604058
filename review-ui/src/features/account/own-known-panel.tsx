import { Link } from "react-router";
import { useOwnKnown } from "../../api/seeded.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

/** The own verdicts on known items: what was missed, what kind, and the item itself to look at again. */
export function OwnKnownPanel() {
  const { t, pick } = useText();
  const known = useOwnKnown();
  const view = known.data;
  const time = (at: string): string => formatInstant(at, bureauTimezone).slice(0, 16);
  return (
    <Panel title={t("ownKnown.title")} extra={t("ownKnown.hint")}>
      {known.isError ? <ErrorPanel error={known.error} onRetry={() => void known.refetch()} /> : null}
      {view?.until ? <p className="account-hint">{t("ownKnown.until", { time: time(view.until) })}</p> : null}
      {view !== undefined && view.totals.length === 0 && (view.items ?? []).length === 0 ? (
        <p className="account-hint">{t("ownKnown.none")}</p>
      ) : null}
      {(view?.totals ?? []).map(({ stage, answered, kinds }) => (
        <div key={stage} className="account-known">
          <b>{t("ownKnown.totals", { stage: t(`reviewTime.step.${stage}`), total: answered })}</b>
          {kinds
            .filter(({ count }) => count > 0)
            .map(({ kind, count }) => (
              <Badge key={kind} tone={kind === "right" ? "good" : kind === "undecided" ? "plain" : "bad"}>
                {t(`ownKnown.kind.${kind}`)} {count}
              </Badge>
            ))}
        </div>
      ))}
      <ul className="account-list">
        {(view?.items ?? []).map((item) => (
          <li key={item.id}>
            <Link to={`/clues/${item.id}`}>{pick(item.violationTitle)}</Link>
            <Badge tone={item.kind === "right" ? "good" : item.kind === "undecided" ? "plain" : "bad"}>
              {t(`ownKnown.kind.${item.kind}`)}
            </Badge>
            {item.withdrawn ? <Badge>{t("ownKnown.withdrawn")}</Badge> : null}
            <span>
              {[
                item.place,
                time(item.at),
                t("corrections.known.answer", { answer: t(`answer.${item.answer}`) }),
                item.why,
              ].join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
