import type { StatisticsView } from "@mingcha/models/http";
import { figures } from "@mingcha/models/statistics";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { Nothing } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { useThemeMode } from "../../theme/theme-mode.tsx";
import { Chart } from "./chart.tsx";
import { chartColors } from "./chart-colors.ts";
import { heightOf, minutesOption } from "./chart-options.ts";
import { FigurePanel, FigureTable } from "./figure-panel.tsx";

type Shown = "blindMin" | "unrecordedMin";

/** Minutes in which a camera could not see, or did not record, per day. */
export function WatchedPanel({ watched }: { watched: StatisticsView["watched"] }) {
  const { t, pick, duration } = useText();
  const { dark } = useThemeMode();
  const [shown, setShown] = useState<Shown>("blindMin");
  const option = useMemo(() => {
    const cameras = watched.map(({ name, days }) => ({ name, values: days.map((day) => day[shown] ?? 0) }));
    const days = watched[0]?.days.map(({ day }) => day) ?? [];
    return minutesOption(cameras, days, chartColors(dark), t("statistics.minutes"));
  }, [watched, shown, dark, t]);
  const time = (minutes: number | null) => (minutes === null ? "—" : duration(minutes * 60));
  const label = pick(figures.watched.title);
  return (
    <FigurePanel
      figure="watched"
      wide
      extra={
        <Segmented<Shown>
          size="small"
          value={shown}
          aria-label={t("statistics.shown")}
          options={[
            { value: "blindMin", label: t("statistics.blind") },
            { value: "unrecordedMin", label: t("statistics.unrecorded") },
          ]}
          onChange={setShown}
        />
      }
    >
      {watched.length === 0 ? (
        <Nothing>{t("statistics.noWatch")}</Nothing>
      ) : (
        <div className="figure-pair">
          <Chart
            option={option}
            heightPx={heightOf(watched.length) + 30}
            label={t("statistics.chartOf", { figure: label })}
          />
          <FigureTable
            label={label}
            head={[
              t("statistics.group.camera"),
              t("statistics.seen"),
              t("statistics.blind"),
              t("statistics.unrecorded"),
            ]}
            rows={watched.map(({ sourceId, name, seenMin, blindMin, unrecordedMin }) => ({
              key: sourceId,
              cells: [name, time(seenMin), time(blindMin), time(unrecordedMin)],
            }))}
          />
        </div>
      )}
    </FigurePanel>
  );
}
