import type { OnSiteCheckView } from "@mingcha/models/http";
import { onSiteResults, onSiteStates, partyPresences } from "@mingcha/models/on-site";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Image } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { reloadClue } from "../../api/clues.ts";
import { useClueChecks, useDispatchAgain } from "../../api/on-site.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { Badge } from "../badges.tsx";
import { Copyable } from "../copyable.tsx";
import { OfficerPicker } from "../officer-picker.tsx";
import { Fact, Facts, Panel } from "../page.tsx";
import { PhotoFacts } from "./photo-facts.tsx";
import "./on-site-panel.css";

interface OnSitePanelProps {
  readonly clueId: string;
  readonly timezone: string;
  /** Of the record: what it shows is asked for anew when the record has moved on. */
  readonly version: number;
}

/** What two officers found at the place of a record, with their photos; nothing where nobody was ever sent. */
export function OnSitePanel({ clueId, timezone, version }: OnSitePanelProps) {
  const { t } = useText();
  const person = usePerson();
  const checks = useClueChecks(clueId, false, version);
  const [sending, setSending] = useState(false);
  if (checks.data === undefined || (checks.data.checks.length === 0 && !checks.data.mayDispatch)) return null;
  const [first, ...earlier] = checks.data.checks;
  const isOfficer = first?.officers.some(({ id }) => id === person.id) === true;
  return (
    <Panel
      title={t("onSite.panel.title")}
      extra={isOfficer ? <Link to={`/on-site/${clueId}`}>{t("onSite.panel.open")}</Link> : null}
    >
      {first === undefined ? <p>{t("onSite.panel.none")}</p> : <Check check={first} timezone={timezone} />}
      {checks.data.mayDispatch ? (
        <Button type="primary" onClick={() => setSending(true)}>
          {t("onSite.panel.dispatch")}
        </Button>
      ) : null}
      {sending ? <Dispatch clueId={clueId} onClose={() => setSending(false)} /> : null}
      {earlier.length === 0 ? null : (
        <details className="onsite-earlier">
          <summary>
            {t("onSite.panel.earlier")} ({earlier.length})
          </summary>
          {earlier.map((check) => (
            <Check key={check.id} check={check} timezone={timezone} />
          ))}
        </details>
      )}
    </Panel>
  );
}

function Check({ check, timezone }: { check: OnSiteCheckView; timezone: string }) {
  const { t, pick } = useText();
  const { findings } = check;
  return (
    <div className="onsite-check">
      <p className="onsite-head">
        <Badge tone={check.state === "SIGNED_BY_BOTH" ? "good" : check.state === "WITHDRAWN" ? "bad" : "warn"}>
          {pick(onSiteStates[check.state])}
        </Badge>
        {findings.result === null ? null : <b>{pick(onSiteResults[findings.result])}</b>}
      </p>
      {findings.findings === "" ? null : <p className="onsite-words">{findings.findings}</p>}
      <Facts>
        <Fact label={t("onSite.panel.officers")}>
          {check.officers.map(({ id, name, badgeNo, signedAt }) => (
            <div key={id}>
              {name} {badgeNo}{" "}
              <small>
                {signedAt === null
                  ? t("onSite.notSigned")
                  : t("onSite.signedAt", { time: formatInstant(signedAt, timezone) })}
              </small>
            </div>
          ))}
        </Fact>
        {findings.arrivedAt === null ? null : (
          <Fact label={t("onSite.panel.arrived")}>{formatInstant(findings.arrivedAt, timezone)}</Fact>
        )}
        {findings.party === null ? null : (
          <Fact label={t("onSite.panel.said")}>
            {pick(partyPresences[findings.party])} {findings.partyName}
            {findings.partySaid === "" ? null : <q>{findings.partySaid}</q>}
          </Fact>
        )}
        <Fact label={t("onSite.content")}>
          <Copyable hash value={check.contentSha256} />
        </Fact>
      </Facts>
      {check.withdrawn === null ? null : (
        <p>
          {t("onSite.withdrawnBy", {
            name: check.withdrawn.by,
            time: formatInstant(check.withdrawn.at, timezone),
            reason: check.withdrawn.reason,
          })}
        </p>
      )}
      <Image.PreviewGroup>
        <ul className="onsite-photos">
          {check.photos.map((photo) => (
            <PhotoFacts key={photo.id} photo={photo} timezone={timezone} />
          ))}
        </ul>
      </Image.PreviewGroup>
    </div>
  );
}

function Dispatch({ clueId, onClose }: { clueId: string; onClose: () => void }) {
  const { t } = useText();
  const client = useQueryClient();
  const send = useDispatchAgain(clueId);
  return (
    <OfficerPicker
      clueId={clueId}
      title={t("onSite.panel.dispatch")}
      okText={t("onSite.panel.dispatch")}
      hint={t("onSite.panel.dispatchHint")}
      withMe={false}
      busy={send.isPending}
      error={send.error}
      onChoose={(officerIds) =>
        send.mutate(officerIds, {
          onSuccess: () => {
            void reloadClue(client, clueId);
            onClose();
          },
        })
      }
      onCancel={onClose}
    />
  );
}
