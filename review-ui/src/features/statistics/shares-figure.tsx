import type { ShareView } from "@mingcha/models/http";
import type { ReactNode } from "react";
import { useMemo } from "react";
import { Nothing } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { useThemeMode } from "../../theme/theme-mode.tsx";
import { Chart } from "./chart.tsx";
import { chartColors } from "./chart-colors.ts";
import { heightOf, sharesOption } from "./chart-options.ts";
import { FigureTable } from "./figure-panel.tsx";
import { intervalText, percentText, shareCells, useShareHead } from "./share-cells.tsx";

interface SharesFigureProps {
  readonly label: string;
  readonly rowTitle: string;
  readonly items: readonly {
    readonly key: string;
    readonly name: string;
    readonly share: ShareView;
    readonly note?: ReactNode;
  }[];
  /** Said instead where nothing is counted at all. */
  readonly nothing: string;
}

/** Shares with their intervals, as a chart and as a table. */
export function SharesFigure({ label, rowTitle, items, nothing }: SharesFigureProps) {
  const { t } = useText();
  const { dark } = useThemeMode();
  const head = useShareHead();
  const option = useMemo(
    () =>
      sharesOption(items, chartColors(dark), (nth) => {
        const item = items[nth];
        if (item === undefined) return "";
        const { share } = item;
        return `${item.name}\n${percentText(share.share)}  (${intervalText(share)})\n${share.count} / ${share.total}`;
      }),
    [items, dark],
  );
  if (items.every(({ share }) => share.total + share.undecided + share.leftOut === 0))
    return <Nothing>{nothing}</Nothing>;
  const hasNotes = items.some(({ note }) => note !== undefined);
  return (
    <div className="figure-pair">
      <Chart
        option={option}
        heightPx={heightOf(items.length)}
        label={t("statistics.chartOf", { figure: label })}
        legend={t("statistics.legend")}
      />
      <FigureTable
        label={label}
        head={[rowTitle, ...head, ...(hasNotes ? ["κ"] : [])]}
        rows={items.map(({ key, name, share, note }) => ({
          key,
          cells: [name, ...shareCells(share), ...(hasNotes ? [note] : [])],
        }))}
      />
    </div>
  );
}
