import { useTranslation } from "react-i18next";
import { ApiError } from "./api-error.ts";
import { durationKey, roughDurationKey, splitDuration } from "./format-quantity.ts";

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Readers for what comes in both languages from the server, in the language the person reads. */
export function useText() {
  const { t, i18n } = useTranslation();
  const chinese = i18n.language.startsWith("zh");
  return {
    t,
    chinese,
    /** The side of a two-language text that the person reads. */
    pick: (text: Bilingual): string => (chinese ? text.zh : text.en) || text.zh || text.en,
    /** A sentence for a failed request: the server's own where it gave one. */
    errorText: (error: unknown): string => {
      if (!(error instanceof ApiError)) return t("error.unknown");
      if (error.kind === "server") return chinese ? error.zh : error.en;
      return error.kind === "offline" ? t("error.offline") : t("error.contract", { detail: error.en });
    },
    duration: (seconds: number): string => t(durationKey(seconds), splitDuration(seconds)),
    /** The same to the largest unit alone: for ages, where seconds would only flicker. */
    roughDuration: (seconds: number): string => t(roughDurationKey(seconds), splitDuration(seconds)),
  };
}
