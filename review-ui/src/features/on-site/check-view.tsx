import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ClueDetail, OnSiteCheckView } from "@mingcha/models/http";
import { onSiteStates } from "@mingcha/models/on-site";
import { Alert } from "antd";
import { useEffect } from "react";
import { Link } from "react-router";
import { Badge, ClueStateBadge } from "../../components/badges.tsx";
import { RecordingsPanel } from "../../components/field/recordings-panel.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { usePosition } from "../../lib/use-position.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { FindingsForm } from "./findings-form.tsx";
import { PhotoPanel } from "./photo-panel.tsx";
import { usePhotoQueue } from "./queue/use-photo-queue.ts";
import { SignPanel } from "./sign-panel.tsx";
import { StepPanel } from "./step-panel.tsx";
import { SyncBar } from "./sync-bar.tsx";
import { TargetPanel } from "./target-panel.tsx";
import { useDraft } from "./use-draft.ts";
import { useRefreshOnSent } from "./use-refresh-on-sent.ts";
import { WithdrawCheck } from "./withdraw-check.tsx";
import "./on-site.css";

interface CheckViewProps {
  readonly clue: ClueDetail;
  readonly check: OnSiteCheckView;
  readonly onReload: () => void;
}

/** From top to bottom what an officer does: find the place, take photos, write, sign. On a desk in two columns. */
export function CheckView({ clue, check, onReload }: CheckViewProps) {
  const { t, pick } = useText();
  const person = usePerson();
  const position = usePosition();
  const queue = usePhotoQueue(person.id);
  const draft = useDraft(check, person.id);
  useRefreshOnSent(queue.onSent, clue.id);
  useWarnBeforeLeaving(draft.isDirty);
  const waiting = queue.photos.filter((photo) => photo.checkId === check.id);
  const isOfficer = check.officers.some(({ id }) => id === person.id);
  return (
    <div className="os">
      <header className="os-head">
        <Link className="item-back" to="/on-site" aria-label={t("onSite.back")} title={t("onSite.back")}>
          <ArrowLeftOutlined />
        </Link>
        <h1>{pick(clue.violationTitle)}</h1>
        {clue.state === "ON_SITE_CHECK" ? (
          <Badge tone={check.state === "SIGNED_BY_BOTH" ? "good" : "warn"}>{pick(onSiteStates[check.state])}</Badge>
        ) : (
          <ClueStateBadge state={clue.state} />
        )}
      </header>
      <SyncBar photos={queue.photos} personId={person.id} onFlush={queue.flush} />
      {isOfficer ? null : (
        <Alert
          type="info"
          showIcon
          title={t("onSite.notYours", { names: check.officers.map(({ name }) => name).join("、") })}
        />
      )}
      {check.voided.length > 0 && check.state !== "SIGNED_BY_BOTH" && check.mayWrite ? (
        <Alert type="warning" showIcon title={t("onSite.undone", { why: whyUndone(t, check) })} />
      ) : null}
      <div className="os-columns">
        <div>
          <TargetPanel clue={clue} check={check} position={position} />
          <PhotoPanel check={check} clue={clue} waiting={waiting} position={position} queue={queue} />
          <RecordingsPanel clueId={clue.id} version={check.version} />
        </div>
        <div>
          <FindingsForm check={check} draft={draft} position={position} timezone={clue.timezone} />
          <SignPanel check={check} clueId={clue.id} draft={draft} unsent={waiting.length} timezone={clue.timezone} />
          <StepPanel clue={clue} check={check} onDone={onReload} />
          {check.mayWithdraw ? <WithdrawCheck clueId={clue.id} checkId={check.id} /> : null}
          {check.withdrawn === null ? null : (
            <Alert
              type="error"
              showIcon
              title={t("onSite.withdrawnBy", {
                name: check.withdrawn.by,
                time: formatInstant(check.withdrawn.at, clue.timezone),
                reason: check.withdrawn.reason,
              })}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function whyUndone(t: ReturnType<typeof useText>["t"], check: OnSiteCheckView): string {
  const last = check.voided.at(-1);
  return last === undefined ? "" : t(`onSite.voidedFor.${last.voidedFor}`);
}

/** The browser asks before it throws away what is not saved; it is kept on the device either way. */
function useWarnBeforeLeaving(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isDirty]);
}
