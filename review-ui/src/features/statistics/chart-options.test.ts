import { expect, test } from "vitest";
import { chartColors } from "./chart-colors.ts";
import { minutesOption, sharesOption } from "./chart-options.ts";

const colors = chartColors(false);
const share = { share: 0.5, low: 0.3, high: 0.7, undecided: 4, ifAllAgainst: 0.4, ifAllFor: 0.6 };
type Drawn = { children: { type: string }[] };
type Series = { data: number[][]; renderItem: (params: unknown, api: unknown) => Drawn };
const seriesOf = (option: object) => (option as { series: Series[] }).series[0] as Series;

/** What is drawn for one row. */
function draw(item: Parameters<typeof sharesOption>[0][number]): string[] {
  const { data, renderItem } = seriesOf(sharesOption([item], colors, () => ""));
  const api = { value: (dimension: number) => data[0]?.[dimension] ?? Number.NaN, coord: (point: number[]) => point };
  return renderItem(null, api).children.map(({ type }) => type);
}

test("a share is a point on its error bar, over what the undecided leave open", () => {
  expect(draw({ name: "a", share })).toEqual(["rect", "line", "line", "line", "circle"]);
});

test("few items have an error bar and no point, none have neither, and with nothing undecided nothing is left open", () => {
  expect(draw({ name: "a", share: { ...share, share: null } })).not.toContain("circle");
  expect(draw({ name: "a", share: { ...share, undecided: 0 } })).not.toContain("rect");
  expect(draw({ name: "a", share: { ...share, share: null, low: null, high: null, undecided: 0 } })).toEqual([]);
});

test("a name is text in a tooltip, whatever it holds", () => {
  const option = sharesOption([{ name: "<img src=x>", share }], colors, () => "<img src=x>");
  expect((option as { tooltip: { renderMode: string } }).tooltip.renderMode).toBe("richText");
});

test("minutes are placed by camera and day", () => {
  const option = minutesOption([{ name: "a", values: [0, 5] }], ["2026-11-20", "2026-11-21"], colors, "min");
  expect(seriesOf(option).data).toEqual([
    [0, 0, 0],
    [1, 0, 5],
  ]);
});
