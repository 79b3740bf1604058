import { DownloadOutlined } from "@ant-design/icons";
import type { StatisticsView } from "@mingcha/models/http";
import { figures, type PrecisionGroup, precisionGroups, statisticsDuties } from "@mingcha/models/statistics";
import { Button } from "antd";
import { Link, useSearchParams } from "react-router";
import { statisticsFileUrl, useStatistics } from "../../api/statistics.ts";
import { ErrorPanel, Page, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { AgreementPanel } from "./agreement-panel.tsx";
import { CountsFigure } from "./counts-figure.tsx";
import { FigurePanel } from "./figure-panel.tsx";
import { MissesPanel } from "./misses-panel.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { PrecisionPanel } from "./precision-panel.tsx";
import { RatesPanel } from "./rates-panel.tsx";
import { KnownPanel, ReviewTimePanel } from "./review-time-panel.tsx";
import { QueuesPanel, WaitsPanel } from "./waiting-panels.tsx";
import { WatchedPanel } from "./watched-panel.tsx";
import "./statistics.css";

/** Figures of the bureau, its cameras and rules. There is none that compares people. */
export function StatisticsPage() {
  const { t, chinese } = useText();
  const [search, setSearch] = useSearchParams();
  const group = precisionGroups.find((item) => item === search.get("group")) ?? "camera";
  const ask = { from: search.get("from") ?? undefined, to: search.get("to") ?? undefined, group };
  const statistics = useStatistics(ask);
  const change = (next: Record<string, string>) =>
    setSearch((before) => ({ ...Object.fromEntries(before), ...next }), { replace: true });
  const period = statistics.data?.period;
  return (
    <Page
      title={t("statistics.title")}
      extra={
        period === undefined ? undefined : (
          <>
            <PeriodPicker from={ask.from ?? period.from} to={ask.to ?? period.to} onChange={change} />
            <Button icon={<DownloadOutlined />} href={statisticsFileUrl(period, chinese)} download>
              {t("statistics.export")}
            </Button>
          </>
        )
      }
    >
      {statistics.isError ? <ErrorPanel error={statistics.error} onRetry={() => void statistics.refetch()} /> : null}
      {statistics.isPending ? <Waiting /> : null}
      {statistics.data ? (
        <div className={statistics.isPlaceholderData ? "figures figures-old" : "figures"}>
          <Figures view={statistics.data} group={group} onGroup={(next) => change({ group: next })} />
        </div>
      ) : null}
    </Page>
  );
}

interface FiguresProps {
  readonly view: StatisticsView;
  readonly group: PrecisionGroup;
  readonly onGroup: (group: PrecisionGroup) => void;
}

function Figures({ view, group, onGroup }: FiguresProps) {
  const { t, pick } = useText();
  const { duties } = usePerson();
  const maySample = duties.some((duty) => (statisticsDuties.samples as readonly string[]).includes(duty));
  const { madeAt, timezone, from, to } = view.period;
  return (
    <>
      <p className="figures-intro">
        {t("statistics.intro", { from, to, timezone, at: formatInstant(madeAt, timezone) })}{" "}
        {t("statistics.few", { total: view.settings.minDecided })}
        {view.settings.verified ? null : ` ${t("statistics.unverified")}`}
        {maySample ? (
          <>
            {" "}
            <Link to="/samples">{t("statistics.toSamples")}</Link>
          </>
        ) : null}
      </p>
      <PrecisionPanel view={view} group={group} onGroup={onGroup} />
      <FigurePanel figure="flow">
        <CountsFigure
          label={pick(figures.flow.title)}
          rowTitle={t("statistics.state")}
          items={view.states.map(({ state, title, count }) => ({ key: state, name: pick(title), count }))}
          nothing={t("statistics.noClues")}
        />
      </FigurePanel>
      <FigurePanel figure="reasons">
        <CountsFigure
          label={pick(figures.reasons.title)}
          rowTitle={t("statistics.reason")}
          items={view.reasons.map(({ state, reasonCode, stateTitle, title, count }) => ({
            key: `${state} ${reasonCode}`,
            name: t("statistics.reasonOf", { reason: pick(title), state: pick(stateTitle) }),
            count,
          }))}
          nothing={t("statistics.noReasons")}
        />
      </FigurePanel>
      <QueuesPanel queues={view.queues} />
      <WaitsPanel waits={view.waits} />
      <ReviewTimePanel rows={view.reviewTimes} />
      <KnownPanel known={view.known} />
      <RatesPanel rates={view.rates} />
      <WatchedPanel watched={view.watched} />
      <MissesPanel view={view} />
      <AgreementPanel agreement={view.agreement} />
      {view.own === null ? null : <AgreementPanel agreement={view.own} own />}
    </>
  );
}
