import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/index.ts";
import { zhCn } from "./zh-cn/index.ts";

export type Language = "zh-CN" | "en";

const storageKey = "mingcha.language";

/** Chinese first; a stored choice wins. Both languages are bundled: there is nothing to load and nothing to be missing. */
export function startI18n(): void {
  const language: Language = localStorage.getItem(storageKey) === "en" ? "en" : "zh-CN";
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "zh-CN",
    resources: { "zh-CN": { translation: zhCn }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

export function setLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
