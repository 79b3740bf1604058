import { type ClueState, clueStates } from "@mingcha/models/clue";
import { useText } from "../lib/use-text.ts";
import "./badges.css";

export type BadgeTone = "plain" | "info" | "good" | "warn" | "bad";

export function Badge({
  tone = "plain",
  title,
  children,
}: {
  tone?: BadgeTone;
  title?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <span className={`badge badge-${tone}`} title={title}>
      {children}
    </span>
  );
}

const tones: Partial<Record<ClueState, BadgeTone>> = {
  ADMISSIBLE: "good",
  VERIFIED: "good",
  READY_TO_FILE: "good",
  DISSUADED: "warn",
  CLOSE_PROPOSED: "warn",
  FILED: "good",
  ON_SITE_CHECK: "warn",
  REJECTED: "bad",
  DISCARDED: "plain",
  TECH_REVIEW: "info",
  LEGAL_REVIEW: "info",
  PRESCREEN: "info",
};

export function ClueStateBadge({ state }: { state: ClueState }) {
  const { pick } = useText();
  return <Badge tone={tones[state] ?? "plain"}>{pick(clueStates[state])}</Badge>;
}

/** Whether its pictures may stand as evidence by themselves (guard G-09). */
export function EvidenceModeBadge({ mode }: { mode: "DIRECT" | "CLUE_ONLY" }) {
  const { t } = useText();
  return mode === "DIRECT" ? (
    <Badge tone="good" title={t("evidenceMode.directHint")}>
      {t("evidenceMode.direct")}
    </Badge>
  ) : (
    <Badge tone="warn" title={t("evidenceMode.clueOnlyHint")}>
      {t("evidenceMode.clueOnly")}
    </Badge>
  );
}

/** Provisions that a lawyer has not verified are never shown without this mark (G-21). */
export function UnverifiedBadge() {
  const { t } = useText();
  return (
    <Badge tone="warn" title={t("provision.unverifiedHint")}>
      {t("provision.unverified")}
    </Badge>
  );
}
