import type { StatisticsView } from "@mingcha/models/http";
import { figures, timedReviewsMin } from "@mingcha/models/statistics";
import { useMemo } from "react";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { FigurePanel, FigureTable, How } from "./figure-panel.tsx";
import { SharesFigure } from "./shares-figure.tsx";

/** How long records were open before their verdict, by review and violation; of nobody alone. */
export function ReviewTimePanel({ rows }: { rows: StatisticsView["reviewTimes"] }) {
  const { t, pick, duration } = useText();
  const time = (seconds: number | null) => (seconds === null ? "—" : duration(seconds));
  return (
    <FigurePanel figure="review_time">
      {rows.length === 0 ? <p className="figure-nothing">{t("reviewTime.nothing")}</p> : null}
      {rows.length === 0 ? null : (
        <FigureTable
          label={pick(figures.review_time.title)}
          head={[t("reviewTime.what"), t("statistics.reviewed"), t("statistics.median"), t("reviewTime.p90")]}
          rows={rows.map(({ step, violation, title, reviews, p50S, p90S }) => ({
            key: `${step} ${violation}`,
            cells: [
              <span key="what">
                {t(`reviewTime.step.${step}`)} · {title === null ? <b>{t("reviewTime.all")}</b> : pick(title)}
              </span>,
              String(reviews),
              time(p50S),
              time(p90S),
            ],
          }))}
        />
      )}
      {rows.some(({ p50S }) => p50S === null) ? (
        <p className="figure-nothing">{t("reviewTime.withheld", { total: timedReviewsMin })}</p>
      ) : null}
    </FigurePanel>
  );
}

/** Verdicts on known items, per queue. */
export function KnownPanel({ known }: { known: StatisticsView["known"] }) {
  const { t, pick } = useText();
  const items = useMemo(
    () =>
      (["technical", "legal"] as const)
        .filter((stage) => known[stage].total + known[stage].leftOut > 0)
        .map((stage) => ({ key: stage, name: t(`reviewTime.step.${stage}`), share: known[stage] })),
    [known, t],
  );
  return (
    <Panel className="figure" title={pick(figures.known.title)}>
      <How figure="known" />
      <SharesFigure
        label={pick(figures.known.title)}
        rowTitle={t("statistics.queue")}
        items={items}
        nothing={t("reviewTime.noKnown")}
      />
    </Panel>
  );
}
