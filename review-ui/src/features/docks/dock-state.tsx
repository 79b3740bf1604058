import type { HeardState } from "@mingcha/models/dock";
import type { DockRow } from "@mingcha/models/http";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatMinute } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const tones: Record<HeardState, BadgeTone> = { never: "plain", lately: "good", silent: "bad", unknown: "warn" };

/** When it was last heard: never whether it is there now, which nobody can know. */
export function DockState({ dock: { enabled, heard, lastMessageAt, source } }: { dock: DockRow }) {
  const { t } = useText();
  if (!enabled) return <Badge>{t("docks.disabled")}</Badge>;
  const time = lastMessageAt === null ? "" : formatMinute(lastMessageAt, source?.timezone ?? bureauTimezone);
  return (
    <Badge tone={tones[heard]} title={t(`docks.heardHint.${heard}`)}>
      {t(`docks.heard.${heard}`, { time })}
    </Badge>
  );
}
