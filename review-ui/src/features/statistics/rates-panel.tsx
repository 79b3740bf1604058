import type { StatisticsView } from "@mingcha/models/http";
import { figures } from "@mingcha/models/statistics";
import { useMemo } from "react";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { SharesFigure } from "./shares-figure.tsx";

/** Rates of the procedure: on time, sent back, wrong, erased, corrected. */
export function RatesPanel({ rates }: { rates: StatisticsView["rates"] }) {
  const { t, pick } = useText();
  const items = useMemo(
    () => rates.map((rate) => ({ key: rate.id, name: pick(figures[rate.id].title), share: rate })),
    [rates, pick],
  );
  return (
    <Panel className="figure figure-wide" title={t("statistics.rates")}>
      <details className="figure-how">
        <summary>{t("statistics.how")}</summary>
        {rates.map(({ id }) => (
          <p key={id}>
            <b>{pick(figures[id].title)}</b> {pick(figures[id].text)}
          </p>
        ))}
      </details>
      <SharesFigure
        label={t("statistics.rates")}
        rowTitle={t("statistics.rate")}
        items={items}
        nothing={t("statistics.noClues")}
      />
    </Panel>
  );
}
