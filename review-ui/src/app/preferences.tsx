import { BulbOutlined, DesktopOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { setLanguage } from "../i18n/i18n.ts";
import { useText } from "../lib/use-text.ts";
import type { ThemeChoice } from "../theme/theme-config.ts";
import { useThemeMode } from "../theme/theme-mode.tsx";

/** Names the other language in that language, for those who cannot read this one. */
export function LanguageSwitch() {
  const { chinese } = useText();
  return (
    <Button
      type="text"
      size="small"
      lang={chinese ? "en" : "zh-CN"}
      onClick={() => setLanguage(chinese ? "en" : "zh-CN")}
    >
      {chinese ? "English" : "中文"}
    </Button>
  );
}

const icons: Record<ThemeChoice, React.ReactNode> = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
};

export function ThemeSwitch() {
  const { t } = useText();
  const { choice, choose } = useThemeMode();
  const items = (["system", "light", "dark"] as const).map((key) => ({
    key,
    icon: icons[key],
    label: t(`theme.${key}`),
  }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        selectable: true,
        selectedKeys: [choice],
        onClick: ({ key }) => choose(items.find((item) => item.key === key)?.key ?? "system"),
      }}
    >
      <Button type="text" size="small" icon={<BulbOutlined />} aria-label={t("theme.title")} title={t("theme.title")} />
    </Dropdown>
  );
}
