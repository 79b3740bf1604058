import { useMemo } from "react";
import { Nothing } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { useThemeMode } from "../../theme/theme-mode.tsx";
import { Chart } from "./chart.tsx";
import { chartColors } from "./chart-colors.ts";
import { countsOption, heightOf } from "./chart-options.ts";
import { FigureTable } from "./figure-panel.tsx";

interface CountsFigureProps {
  readonly label: string;
  readonly rowTitle: string;
  readonly items: readonly { readonly key: string; readonly name: string; readonly count: number }[];
  readonly nothing: string;
}

/** Counts as bars and as a table. */
export function CountsFigure({ label, rowTitle, items, nothing }: CountsFigureProps) {
  const { t } = useText();
  const { dark } = useThemeMode();
  const option = useMemo(() => countsOption(items, chartColors(dark)), [items, dark]);
  if (items.length === 0) return <Nothing>{nothing}</Nothing>;
  return (
    <div className="figure-pair figure-pair-even">
      <Chart option={option} heightPx={heightOf(items.length)} label={t("statistics.chartOf", { figure: label })} />
      <FigureTable
        label={label}
        head={[rowTitle, t("statistics.clues")]}
        rows={items.map(({ key, name, count }) => ({ key, cells: [name, String(count)] }))}
      />
    </div>
  );
}
