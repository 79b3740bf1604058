import { type ThemeConfig, theme } from "antd";

export type ThemeChoice = "system" | "light" | "dark";

const shared = {
  borderRadius: 5,
  fontSize: 14,
  controlHeight: 32,
  fontFamily: "var(--font)",
  fontFamilyCode: "var(--mono)",
  motionDurationMid: "0.12s",
  motionDurationSlow: "0.16s",
};

/** antd's seeds; the same hues as tokens.css. */
export function themeConfig(dark: boolean): ThemeConfig {
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: dark
      ? {
          ...shared,
          colorPrimary: "#3d8bd4",
          colorInfo: "#3d8bd4",
          colorError: "#f0837b",
          colorSuccessBg: "#10352a",
          colorSuccessBorder: "#1d5a47",
          colorLink: "#7cb8f0",
          colorBgBase: "#0e1318",
          colorBgContainer: "#161c23",
          colorBgElevated: "#1c242d",
          colorBgLayout: "#0e1318",
          colorText: "#e3e9ef",
          colorTextSecondary: "#aab6c2",
          colorTextTertiary: "#8794a1",
          // readable too where nothing is chosen or to be chosen
          colorTextPlaceholder: "#8794a1",
          colorTextDisabled: "#8794a1",
          colorBorder: "#3a4653",
          colorBorderSecondary: "#2a343f",
        }
      : {
          ...shared,
          colorPrimary: "#17568f",
          colorInfo: "#17568f",
          colorInfoBg: "#e1edf8",
          colorSuccessBg: "#e2f4ed",
          colorSuccessBorder: "#a5d9c6",
          colorErrorBg: "#fceae8",
          colorErrorBorder: "#efb4af",
          colorLink: "#17568f",
          colorError: "#b3261e",
          colorSuccess: "#0b7a56",
          colorBgLayout: "#eef1f4",
          colorText: "#17212c",
          colorTextSecondary: "#4d5b6a",
          colorTextTertiary: "#5c6875",
          colorTextPlaceholder: "#5c6875",
          colorTextDisabled: "#5c6875",
          colorBorder: "#c5ced7",
          colorBorderSecondary: "#d9dfe6",
        },
    components: {
      Table: { cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, headerBorderRadius: 0 },
      Tabs: {
        horizontalItemPadding: "10px 0",
        horizontalMargin: "0",
        itemSelectedColor: dark ? "#7cb8f0" : "#17568f",
        itemActiveColor: dark ? "#7cb8f0" : "#17568f",
      },
    },
  };
}
