import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import enUs from "antd/locale/en_US";
import zhCn from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { UploadProvider } from "../features/upload/upload-provider.tsx";
import { createQueryClient } from "../lib/query-client.ts";
import { themeConfig } from "../theme/theme-config.ts";
import { ThemeModeProvider, useThemeMode } from "../theme/theme-mode.tsx";

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ThemeModeProvider>
        <Antd>
          <UploadProvider>{children}</UploadProvider>
        </Antd>
      </ThemeModeProvider>
    </QueryClientProvider>
  );
}

/** antd in the person's language and theme. */
function Antd({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const { dark } = useThemeMode();
  const chinese = i18n.language.startsWith("zh");
  dayjs.locale(chinese ? "zh-cn" : "en");
  return (
    <ConfigProvider locale={chinese ? zhCn : enUs} theme={themeConfig(dark)}>
      <AntApp className="app" message={{ maxCount: 2, duration: 2.5, top: 52 }}>
        {children}
      </AntApp>
    </ConfigProvider>
  );
}
