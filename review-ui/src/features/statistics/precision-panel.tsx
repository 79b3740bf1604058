import type { StatisticsView } from "@mingcha/models/http";
import { type PrecisionGroup, precisionGroups } from "@mingcha/models/statistics";
import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { useText } from "../../lib/use-text.ts";
import { FigurePanel } from "./figure-panel.tsx";
import { SharesFigure } from "./shares-figure.tsx";

interface PrecisionPanelProps {
  readonly view: StatisticsView;
  readonly group: PrecisionGroup;
  readonly onGroup: (group: PrecisionGroup) => void;
}

/** Precision by camera, violation, hour or model version. Sorted by name; by the lower end of the interval only when asked. */
export function PrecisionPanel({ view, group, onGroup }: PrecisionPanelProps) {
  const { t, pick } = useText();
  const [order, setOrder] = useState<"name" | "low">("name");
  const items = useMemo(() => {
    const rows = view.precision.map((row) => ({ key: row.key, name: pick(row.title), share: row }));
    return order === "name" ? rows : [...rows].sort((a, b) => (a.share.low ?? 2) - (b.share.low ?? 2));
  }, [view.precision, order, pick]);
  const overall = { key: "overall", name: t("statistics.overall"), share: view.overall };
  return (
    <FigurePanel
      figure="precision"
      wide
      extra={
        <span className="figure-tools">
          <Segmented<PrecisionGroup>
            size="small"
            value={group}
            aria-label={t("statistics.groupBy")}
            options={precisionGroups.map((value) => ({ value, label: t(`statistics.group.${value}`) }))}
            onChange={onGroup}
          />
          <Segmented<"name" | "low">
            size="small"
            value={order}
            aria-label={t("statistics.order")}
            options={[
              { value: "name", label: t("statistics.byName") },
              { value: "low", label: t("statistics.byLow") },
            ]}
            onChange={setOrder}
          />
        </span>
      }
    >
      <SharesFigure
        label={t("statistics.precisionBy", { group: t(`statistics.group.${view.group}`) })}
        rowTitle={t(`statistics.group.${view.group}`)}
        items={[overall, ...items]}
        nothing={t("statistics.noClues")}
      />
    </FigurePanel>
  );
}
