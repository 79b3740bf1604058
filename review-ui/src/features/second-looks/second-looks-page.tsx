import type { SecondLooksView } from "@mingcha/models/http";
import { Alert } from "antd";
import { Link } from "react-router";
import { useSecondLooks } from "../../api/second-looks.ts";
import { ErrorPanel, Fact, Facts, Nothing, Page, Panel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";
import { DrawsPanel } from "./draws-panel.tsx";
import { formatShare } from "./format-share.ts";
import { LookCard } from "./look-card.tsx";
import { MergedCard } from "./merged-card.tsx";
import "./second-looks.css";

/** Drawn decisions that another person looks at again, and how merged review fares per violation (domain G-06, H.7). */
export function SecondLooksPage() {
  const { t } = useText();
  const looks = useSecondLooks();
  return (
    <Page title={t("secondLooks.title")}>
      <p className="second-intro">{t("secondLooks.intro")}</p>
      {looks.isError ? <ErrorPanel error={looks.error} onRetry={() => void looks.refetch()} /> : null}
      {looks.isPending ? <Waiting /> : null}
      {looks.data ? <Lists data={looks.data} /> : null}
    </Page>
  );
}

function Lists({ data }: { data: SecondLooksView }) {
  const { t } = useText();
  const { waiting, given, sampling, merged, mayLift } = data;
  return (
    <div className="second-columns">
      <div>
        <Panel title={t("secondLooks.waiting", { total: waiting.length })} extra={t("secondLooks.waitingHint")}>
          {waiting.length === 0 ? (
            <Nothing>
              <div className="second-nothing">
                <span>{t("secondLooks.noneWaiting")}</span>
                <Link className="second-open" to="/">
                  {t("nav.queue")}
                </Link>
              </div>
            </Nothing>
          ) : null}
          <ul className="second-list">
            {waiting.map((look) => (
              <LookCard key={look.id} look={look} />
            ))}
          </ul>
        </Panel>
        <Panel title={t("secondLooks.given")}>
          {given.length === 0 ? <Nothing>{t("secondLooks.noneGiven")}</Nothing> : null}
          <ul className="second-list">
            {given.map((look) => (
              <LookCard key={look.id} look={look} />
            ))}
          </ul>
        </Panel>
      </div>
      <div>
        <Panel title={t("secondLooks.sampling")}>
          {sampling.overdue > 0 ? (
            <Alert type="warning" showIcon title={t("secondLooks.overdueStops", { total: sampling.overdue })} />
          ) : null}
          <Facts>
            <Fact label={t("secondLooks.discardRate")}>
              {sampling.discardRate < sampling.leastDiscardRate
                ? t("secondLooks.off")
                : formatShare(sampling.discardRate)}
            </Fact>
            <Fact label={t("secondLooks.mergedRate")}>{formatShare(sampling.mergedRate)}</Fact>
            <Fact label={t("secondLooks.limit")}>{t("secondLooks.workingDays", { days: sampling.workingDays })}</Fact>
          </Facts>
        </Panel>
        <Panel
          title={t("secondLooks.merged")}
          extra={t("secondLooks.mergedHint", { window: sampling.window, max: formatShare(sampling.maxDisagreement) })}
        >
          {merged.length === 0 ? <Nothing>{t("secondLooks.noMerged")}</Nothing> : null}
          {merged.map((rate) => (
            <MergedCard key={rate.violation} rate={rate} least={sampling.minLooks} mayLift={mayLift} />
          ))}
        </Panel>
        {holdsAny(usePerson(), ["auditor"]) ? <DrawsPanel /> : null}
      </div>
    </div>
  );
}
