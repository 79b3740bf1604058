import type { zhCn } from "./zh-cn/index.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof zhCn };
  }
}
