import type { LegalHoldView } from "@mingcha/models/http";
import { App, Button } from "antd";
import { useState } from "react";
import { useDecideLift } from "../../api/retention.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Panel } from "../../components/page.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { ProposeDialog } from "./propose-dialog.tsx";
import { SetHoldDialog } from "./set-hold-dialog.tsx";

const tones: Record<LegalHoldView["state"], BadgeTone> = {
  in_force: "good",
  lift_proposed: "warn",
  lifted: "plain",
  expired: "plain",
};

/** Legal holds: what they cover, why and until when; lifting one takes two people. */
export function HoldsPanel({ holds, mayHold }: { holds: readonly LegalHoldView[]; mayHold: boolean }) {
  const { t } = useText();
  const [isSetting, setSetting] = useState(false);
  return (
    <Panel
      title={t("retention.holds.title", {
        total: holds.filter(({ state }) => state !== "lifted" && state !== "expired").length,
      })}
      extra={
        mayHold ? (
          <Button size="small" type="primary" onClick={() => setSetting(true)}>
            {t("retention.holds.set")}
          </Button>
        ) : (
          t("retention.holds.hint")
        )
      }
    >
      {holds.length === 0 ? <Nothing>{t("retention.holds.none")}</Nothing> : null}
      {mayHold && holds.length > 0 ? <p className="retention-small">{t("retention.holds.hint")}</p> : null}
      <ul className="retention-holds">
        {holds.map((hold) => (
          <HoldCard key={hold.id} hold={hold} mayHold={mayHold} />
        ))}
      </ul>
      {isSetting ? <SetHoldDialog onClose={() => setSetting(false)} /> : null}
    </Panel>
  );
}

function HoldCard({ hold, mayHold }: { hold: LegalHoldView; mayHold: boolean }) {
  const { t } = useText();
  const { message } = App.useApp();
  const [isProposing, setProposing] = useState(false);
  const decide = useDecideLift(hold.id);
  const { timezone, lift, lifted, state, version } = hold;
  const at = (instant: string) => formatInstant(instant, timezone);
  const send = (confirm: boolean) =>
    decide.mutate(
      { version, confirm },
      { onSuccess: () => void message.success(t(confirm ? "retention.holds.lifted" : "retention.holds.kept")) },
    );
  return (
    <li>
      <div className="retention-hold-head">
        <b>{hold.sourceName}</b>
        <span>{formatSpan(hold.from, hold.to, timezone)}</span>
        <Badge tone={tones[state]}>{t(`retention.holds.state.${state}`)}</Badge>
      </div>
      <p>{hold.reason}</p>
      <p className="retention-small">
        {t("retention.holds.covers", { total: hold.clips })} ·{" "}
        {t("retention.holds.term", { day: at(hold.until).slice(0, 10) })} ·{" "}
        {t("retention.holds.by", { name: hold.setBy, at: at(hold.setAt) })}
      </p>
      {lift === null ? null : (
        <p className="retention-small">
          {t("retention.holds.proposedBy", { name: lift.by, at: at(lift.at), reason: lift.reason })}
        </p>
      )}
      {lifted === null ? null : (
        <p className="retention-small">{t("retention.holds.liftedBy", { name: lifted.by, at: at(lifted.at) })}</p>
      )}
      {decide.isError ? <ErrorPanel error={decide.error} /> : null}
      {mayHold && state === "in_force" ? (
        <Button size="small" onClick={() => setProposing(true)}>
          {t("retention.holds.propose")}
        </Button>
      ) : null}
      {mayHold && state === "lift_proposed" ? (
        <div className="retention-actions">
          {lift?.own === true ? null : (
            <Button size="small" danger loading={decide.isPending} onClick={() => send(true)}>
              {t("retention.holds.confirm")}
            </Button>
          )}
          <Button size="small" loading={decide.isPending} onClick={() => send(false)}>
            {t("retention.holds.keep")}
          </Button>
        </div>
      ) : null}
      {isProposing ? <ProposeDialog hold={hold} onClose={() => setProposing(false)} /> : null}
    </li>
  );
}
