import type { TruckLead, TruckRegister } from "@mingcha/models/http";
import {
  type LeadMove,
  type LeadState,
  leadMoves,
  leadReasons,
  leadStateCodes,
  leadStates,
  type TripRule,
  tripRuleCodes,
  tripRules,
} from "@mingcha/models/trips";
import { Button, Segmented, Select } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useTruckLeads } from "../../api/trucks.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Waiting } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { useText } from "../../lib/use-text.ts";
import { Margin } from "./margin.tsx";
import { MoveDialog } from "./move-dialog.tsx";

const tones: Record<LeadState, BadgeTone> = { NEW: "warn", TAKEN_UP: "info", DISCARDED: "plain", LAPSED: "good" };

/** Findings that wait for an officer, newest first, and what became of the others. */
export function LeadsTab({ register }: { register: TruckRegister | undefined }) {
  const { t, pick } = useText();
  const [search, setSearch] = useSearchParams();
  const state = leadStateCodes.find((code) => code === search.get("state")) ?? "NEW";
  const rule = tripRuleCodes.find((code) => code === search.get("rule"));
  const leads = useTruckLeads({ state, rule });
  const go = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value === undefined) next.delete(key);
      else next.set(key, value);
    }
    setSearch(next, { replace: true });
  };
  const [first] = leads.data?.pages ?? [];
  const items = leads.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="trucks-hint">{t("trucks.leads.hint")}</p>
      <div className="trucks-filters">
        <Segmented
          aria-label={t("trucks.leads.state")}
          value={state}
          onChange={(value) => go({ state: value === "NEW" ? undefined : value })}
          options={leadStateCodes.map((code) => ({
            value: code,
            label: `${pick(leadStates[code])} ${first?.counts[code] ?? ""}`,
          }))}
        />
        <Select<TripRule>
          allowClear
          className="trucks-rule"
          aria-label={t("trucks.leads.rule")}
          placeholder={t("trucks.leads.anyRule")}
          value={rule ?? null}
          onChange={(value) => go({ rule: value ?? undefined })}
          options={tripRuleCodes.map((code) => ({ value: code, label: pick(tripRules[code]) }))}
        />
      </div>
      {leads.isError ? <ErrorPanel error={leads.error} onRetry={() => void leads.refetch()} /> : null}
      {leads.isPending ? <Waiting /> : null}
      {leads.isSuccess && items.length === 0 ? <Nothing>{t("trucks.leads.none")}</Nothing> : null}
      <ul className="trucks-leads">
        {items.map((lead) => (
          <li key={lead.id}>
            <LeadCard lead={lead} timezone={register?.timezone ?? bureauTimezone} />
          </li>
        ))}
      </ul>
      {leads.hasNextPage ? (
        <div className="trucks-more">
          <Button loading={leads.isFetchingNextPage} onClick={() => void leads.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function LeadCard({ lead, timezone }: { lead: TruckLead; timezone: string }) {
  const { t, pick, roughDuration } = useText();
  const now = useNow(60_000);
  const [asking, setAsking] = useState<LeadMove | null>(null);
  const ageS = Math.max(0, (now - Date.parse(lead.foundAt)) / 1_000);
  return (
    <article className="trucks-lead">
      <div className="trucks-lead-head">
        <h3>{pick(tripRules[lead.rule])}</h3>
        <b className="trucks-plate">{lead.plate}</b>
        <span>{lead.site ?? t("trucks.unknownSite")}</span>
        <Badge tone={tones[lead.state]}>{pick(leadStates[lead.state])}</Badge>
        {lead.unfoundAt !== null && lead.state !== "LAPSED" ? (
          <Badge tone="warn">{t("trucks.leads.unfound")}</Badge>
        ) : null}
      </div>
      <p className="trucks-lead-text">{pick(lead.check.text)}</p>
      <div className="trucks-lead-foot">
        <Margin check={lead.check} />
        <time dateTime={lead.at}>{formatInstant(lead.at, timezone).slice(0, 16)}</time>
        <span>{t("trucks.leads.age", { age: roughDuration(ageS) })}</span>
        {lead.tripId === null ? null : <Link to={`/trucks/trips/${lead.tripId}`}>{t("trucks.leads.open")}</Link>}
        <span className="trucks-lead-moves">
          {lead.moves.map((move) => (
            <Button
              key={move}
              size="small"
              autoInsertSpace={false}
              type={move === "take_up" ? "primary" : "default"}
              aria-label={`${pick(leadMoves[move])}: ${pick(tripRules[lead.rule])} ${lead.plate}`}
              onClick={() => setAsking(move)}
            >
              {pick(leadMoves[move])}
            </Button>
          ))}
        </span>
      </div>
      {lead.changed === null ? null : (
        <p className="trucks-decision">
          <Badge tone="warn">{t("trucks.leads.changed")}</Badge>
          {pick(lead.changed.text)}
        </p>
      )}
      {lead.decided === null ? null : <Decision lead={lead} timezone={timezone} />}
      {asking === null ? null : <MoveDialog lead={lead} move={asking} onClose={() => setAsking(null)} />}
    </article>
  );
}

function Decision({ lead: { decided }, timezone }: { lead: TruckLead; timezone: string }) {
  const { t } = useText();
  if (decided === null) return null;
  return (
    <p className="trucks-decision">
      {t("trucks.leads.decided", { name: decided.by, at: formatInstant(decided.at, timezone).slice(0, 16) })}
      {decided.reason === null ? null : <Reason code={decided.reason} />}
      {decided.note === null ? null : <q>{decided.note}</q>}
    </p>
  );
}

function Reason({ code }: { code: NonNullable<NonNullable<TruckLead["decided"]>["reason"]> }) {
  const { pick } = useText();
  return <Badge>{pick(leadReasons[code])}</Badge>;
}
