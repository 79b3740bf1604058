import type { DockRow } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { useText } from "../../lib/use-text.ts";

/** Whether it speaks. */
export function DockState({ dock: { enabled, online, lastMessageAt } }: { dock: DockRow }) {
  const { t } = useText();
  if (!enabled) return <Badge>{t("docks.disabled")}</Badge>;
  if (online) return <Badge tone="good">{t("docks.online")}</Badge>;
  return lastMessageAt === null ? <Badge>{t("docks.never")}</Badge> : <Badge tone="bad">{t("docks.offline")}</Badge>;
}
