import { BarChart, CustomChart, HeatmapChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { type ECharts, type EChartsCoreOption, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

register([
  BarChart,
  CustomChart,
  HeatmapChart,
  AriaComponent,
  GridComponent,
  TooltipComponent,
  VisualMapComponent,
  SVGRenderer,
]);

interface ChartProps {
  readonly option: EChartsCoreOption;
  readonly heightPx: number;
  /** What it shows, for who does not see it; the numbers stand in the table beside it. */
  readonly label: string;
  readonly legend?: string;
}

/** A chart that follows its box. It repeats a table and never stands alone. */
export function Chart({ option, heightPx, label, legend }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const made = init(element, null, { renderer: "svg" });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(
      {
        animation: false,
        textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
        aria: { enabled: true, label: { description: label } },
        ...option,
      },
      { notMerge: true },
    );
  }, [option, label]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="figure-chart" aria-label={label} tabIndex={0}>
      {legend === undefined ? null : <p className="figure-legend">{legend}</p>}
      <div ref={box} className="chart" role="img" aria-label={label} style={{ height: heightPx }} />
    </section>
  );
}
