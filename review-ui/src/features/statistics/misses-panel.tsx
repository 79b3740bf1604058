import type { StatisticsView } from "@mingcha/models/http";
import { Nothing } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { FigurePanel } from "./figure-panel.tsx";
import { intervalText, percentText } from "./share-cells.tsx";

/** How much the machine misses, as far as the drawn looks tell. */
export function MissesPanel({ view: { misses, settings } }: { view: StatisticsView }) {
  const { t } = useText();
  const count = (value: number | null) => (value === null ? "—" : value.toLocaleString("en-US"));
  return (
    <FigurePanel figure="misses" wide>
      {misses.draws === 0 ? (
        <Nothing>{t("statistics.noDraws")}</Nothing>
      ) : (
        <dl className="figure-facts">
          <Fact label={t("statistics.missShare")} strong>
            {percentText(misses.share)} <span>({intervalText(misses)})</span>
          </Fact>
          <Fact label={t("statistics.missLooks")}>
            {misses.looksLow === null ? (
              "—"
            ) : (
              <>
                {count(misses.looksLow)} – {count(misses.looksHigh)}{" "}
                <span>{t("statistics.ofLooks", { total: count(misses.looks) })}</span>
              </>
            )}
          </Fact>
          <Fact label={t("statistics.missJudged")}>
            {misses.missed} / {misses.judged}
          </Fact>
          <Fact label={t("statistics.missUnclear")}>
            {misses.unclear} <span>{t("statistics.missWorst", { share: percentText(misses.highIfUnclear) })}</span>
          </Fact>
          <Fact label={t("statistics.flaggedLater")}>{misses.flaggedLater}</Fact>
          <Fact label={t("statistics.draws")}>
            {misses.draws} <span>{t("statistics.perDraw", { total: settings.samplesPerSourceDay })}</span>
          </Fact>
        </dl>
      )}
    </FigurePanel>
  );
}

function Fact({ label, strong = false, children }: { label: string; strong?: boolean; children: React.ReactNode }) {
  return (
    <div className={strong ? "figure-fact figure-fact-strong" : "figure-fact"}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
