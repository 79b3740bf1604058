import dayjs from "dayjs";
import { Badge } from "../../components/badges.tsx";
import { useText } from "../../lib/use-text.ts";

/** States of a case so far; any other shows under its code. */
const knownStates = ["FILING_REVIEW", "FILED", "INVESTIGATING"] as const;

export function CaseStateBadge({ state }: { state: string }) {
  const { t } = useText();
  const known = knownStates.find((item) => item === state);
  return <Badge tone="info">{known ? t(`cases.states.${known}`) : state}</Badge>;
}

/** A due date with its distance: red once it has passed, amber in its last three days. */
export function DueBadge({ dueOn }: { dueOn: string }) {
  const { t } = useText();
  const days = dayjs(dueOn).startOf("day").diff(dayjs().startOf("day"), "day");
  return (
    <Badge tone={days < 0 ? "bad" : days <= 3 ? "warn" : "plain"}>
      {dueOn} · {days < 0 ? t("cases.daysOver", { days: -days }) : t("cases.daysLeft", { days })}
    </Badge>
  );
}
