import type { ShareView } from "@mingcha/models/http";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartColors } from "./chart-colors.ts";

const rowPx = 24;
/** Height of a chart with one row per item. */
export const heightOf = (rows: number): number => Math.max(1, rows) * rowPx + 34;

const grid = { left: 8, right: 18, top: 6, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };

/** Room for a name, in Latin letters; a Chinese character takes two. */
const roomMax = 34;
function shorten(name: string): string {
  let room = 0;
  for (const [nth, sign] of [...name].entries()) {
    room += sign > "\u2e7f" ? 2 : 1;
    if (room > roomMax) return `${[...name].slice(0, nth - 1).join("")}…`;
  }
  return name;
}

const percent = (share: number | null): number => (share === null ? Number.NaN : share * 100);

export interface ShareItem {
  readonly name: string;
  readonly share: Pick<ShareView, "share" | "low" | "high" | "undecided" | "ifAllAgainst" | "ifAllFor">;
}

type CustomApi = { value: (dimension: number) => number; coord: (point: number[]) => number[] };

/** Shares as points with their intervals as error bars, over the range that undecided items leave open. Names from top to bottom. */
export function sharesOption(
  items: readonly ShareItem[],
  colors: ChartColors,
  describe: (nth: number) => string,
): EChartsCoreOption {
  const renderItem = (_: unknown, api: CustomApi) => {
    const [nth, low, high, share, against, all] = [0, 1, 2, 3, 4, 5].map((dimension) => api.value(dimension));
    const at = (value: number | undefined): number => api.coord([value ?? 0, nth ?? 0])[0] ?? 0;
    const y = api.coord([0, nth ?? 0])[1] ?? 0;
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: "line",
      shape: { x1, y1, x2, y2 },
      style: { stroke: colors.mark, lineWidth: 1.5 },
    });
    const isTold = (value: number | undefined) => value !== undefined && !Number.isNaN(value);
    return {
      type: "group",
      children: [
        ...(isTold(against) && isTold(all)
          ? [
              {
                type: "rect",
                shape: { x: at(against), y: y - 6, width: Math.max(1, at(all) - at(against)), height: 12, r: 2 },
                style: { fill: colors.range },
              },
            ]
          : []),
        ...(isTold(low) && isTold(high)
          ? [
              line(at(low), y, at(high), y),
              line(at(low), y - 4, at(low), y + 4),
              line(at(high), y - 4, at(high), y + 4),
            ]
          : []),
        ...(isTold(share)
          ? [{ type: "circle", shape: { cx: at(share), cy: y, r: 4.5 }, style: { fill: colors.mark } }]
          : []),
      ],
    };
  };
  return {
    grid,
    tooltip: tooltipOf(colors, ({ dataIndex }) => describe(dataIndex)),
    xAxis: {
      type: "value",
      // above, where it stays in sight over a long list
      position: "top",
      min: 0,
      max: 100,
      axisLabel: { formatter: "{value} %", color: colors.inkSoft, fontSize: 11 },
      splitLine: { lineStyle: { color: colors.line } },
    },
    yAxis: namesAxis(
      items.map(({ name }) => name),
      colors,
    ),
    series: [
      {
        type: "custom",
        renderItem,
        clip: true,
        dimensions: ["nth", "low", "high", "share", "against", "for"],
        encode: { x: [1, 2, 3, 4, 5], y: 0 },
        data: items.map(({ share }, nth) => [
          nth,
          percent(share.low),
          percent(share.high),
          percent(share.share),
          // nothing undecided leaves nothing open
          percent(share.undecided === 0 ? null : share.ifAllAgainst),
          percent(share.undecided === 0 ? null : share.ifAllFor),
        ]),
      },
    ],
  };
}

/** Counts as bars, from top to bottom, each with its number. */
export function countsOption(
  items: readonly { name: string; count: number }[],
  colors: ChartColors,
): EChartsCoreOption {
  return {
    grid: { ...grid, right: 44 },
    tooltip: tooltipOf(colors, ({ dataIndex }) => `${items[dataIndex]?.name ?? ""}  ${items[dataIndex]?.count ?? ""}`),
    xAxis: {
      type: "value",
      position: "top",
      minInterval: 1,
      axisLabel: { color: colors.inkSoft, fontSize: 11 },
      splitLine: { lineStyle: { color: colors.line } },
    },
    yAxis: namesAxis(
      items.map(({ name }) => name),
      colors,
    ),
    series: [
      {
        type: "bar",
        barWidth: 12,
        itemStyle: { color: colors.bar, borderRadius: [0, 2, 2, 0] },
        label: { show: true, position: "right", color: colors.ink, fontSize: 11 },
        data: items.map(({ count }) => count),
      },
    ],
  };
}

/** Minutes per camera and day as a map. */
export function minutesOption(
  cameras: readonly { name: string; values: readonly number[] }[],
  days: readonly string[],
  colors: ChartColors,
  unit: string,
): EChartsCoreOption {
  const data = cameras.flatMap(({ values }, y) => values.map((value, x) => [x, y, value]));
  const most = Math.max(1, ...data.map(([, , value]) => value ?? 0));
  return {
    grid: { ...grid, bottom: 30 },
    tooltip: tooltipOf(colors, ({ value }) => {
      const [x = 0, y = 0, minutes = 0] = value as number[];
      return `${cameras[y]?.name ?? ""}\n${days[x] ?? ""}  ${minutes} ${unit}`;
    }),
    xAxis: {
      type: "category",
      data: days.map((day) => day.slice(5)),
      axisLabel: { color: colors.inkSoft, fontSize: 11, hideOverlap: true },
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
    },
    yAxis: namesAxis(
      cameras.map(({ name }) => name),
      colors,
    ),
    visualMap: {
      min: 0,
      max: most,
      calculable: false,
      orient: "horizontal",
      right: 8,
      bottom: 0,
      itemWidth: 10,
      itemHeight: 90,
      precision: 0,
      text: [`${Math.round(most)} ${unit}`, "0"],
      textStyle: { color: colors.inkSoft, fontSize: 11 },
      inRange: { color: colors.ramp },
    },
    series: [{ type: "heatmap", data, itemStyle: { borderColor: colors.surface, borderWidth: 1 } }],
  };
}

function namesAxis(names: readonly string[], colors: ChartColors) {
  return {
    type: "category",
    inverse: true,
    data: names.map(shorten),
    axisLabel: { color: colors.ink, fontSize: 12, interval: 0 },
    axisLine: { lineStyle: { color: colors.line } },
    axisTick: { show: false },
  };
}

function tooltipOf(colors: ChartColors, say: (item: { dataIndex: number; value: unknown }) => string) {
  return {
    // text as text: a camera may be called anything
    renderMode: "richText",
    confine: true,
    backgroundColor: colors.raised,
    borderColor: colors.line,
    textStyle: { color: colors.ink, fontSize: 12 },
    formatter: say,
  };
}
