/** Hues of tokens.css for what is drawn by the chart library, which reads no CSS. */
export interface ChartColors {
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly surface: string;
  readonly raised: string;
  readonly mark: string;
  readonly range: string;
  readonly bar: string;
  /** From nothing to most, for a map of values. */
  readonly ramp: readonly string[];
}

export const chartColors = (dark: boolean): ChartColors =>
  dark
    ? {
        ink: "#e3e9ef",
        inkSoft: "#aab6c2",
        line: "#2a343f",
        surface: "#161c23",
        raised: "#1c242d",
        mark: "#7cb8f0",
        range: "#23405c",
        bar: "#3d8bd4",
        ramp: ["#1c242d", "#5a4413", "#b07a1c", "#e69f00"],
      }
    : {
        ink: "#17212c",
        inkSoft: "#4d5b6a",
        line: "#d9dfe6",
        surface: "#ffffff",
        raised: "#f6f8fa",
        mark: "#17568f",
        range: "#d3e3f2",
        bar: "#3b7ab3",
        ramp: ["#f3f5f7", "#f6e2b8", "#dba53c", "#9c6500"],
      };
