import { type PriorityLevel, priorityLevels } from "@mingcha/models/clue";
import type { ClueItem } from "@mingcha/models/http";
import { useText } from "../lib/use-text.ts";
import { Badge, type BadgeTone } from "./badges.tsx";

const tones: Record<PriorityLevel, BadgeTone> = { URGENT: "bad", HIGH: "warn", NORMAL: "plain", LOW: "plain" };

/** Level of a record with its reason; what goes in turn has none to show. */
export function PriorityBadge({ priority }: { priority: ClueItem["priority"] }) {
  const { t, pick } = useText();
  if (priority.level === "NORMAL" && !priority.manual) return null;
  const hint = [
    `${t("priority.title")}: ${pick(priority.reason)}`,
    priority.note,
    priority.manual ? t("priority.manual") : null,
  ];
  return (
    <Badge tone={tones[priority.level]} title={hint.filter((part) => part !== null).join(" · ")}>
      {pick(priorityLevels[priority.level])}
    </Badge>
  );
}

/** The reason in words, beside the badge. */
export function PriorityReason({ priority }: { priority: ClueItem["priority"] }) {
  const { pick } = useText();
  if (priority.level === "NORMAL" && !priority.manual) return null;
  return <span>{[pick(priority.reason), priority.note].filter((part) => part !== null).join(" · ")}</span>;
}
