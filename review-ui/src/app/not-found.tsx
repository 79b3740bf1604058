import { Nothing } from "../components/page.tsx";
import { useText } from "../lib/use-text.ts";

export function NotFound() {
  const { t } = useText();
  return <Nothing>{t("error.noPage")}</Nothing>;
}
