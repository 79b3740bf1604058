export const priority = {
  title: "Priority",
  change: "Change priority",
  hint: "Records of one due day go by priority; “urgent” goes before every due time. It moves a record in the queue and decides nothing about it.",
  level: "Change to",
  byFacts: "As its facts have it",
  reason: "Reason",
  note: "Words (needed for “other”; nothing about the party)",
  manual: "set by a person",
  order: "By due day, then by priority, then by arrival.",
};
