import type { ClueDetail, ClueObjects, ObjectItem, ObjectMatchView, PermitAtAct } from "@mingcha/models/http";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useClueObjects, useConfirmMatch } from "../../../api/objects.ts";
import { mayOpen } from "../../../app/navigation.ts";
import { Badge, type BadgeTone } from "../../../components/badges.tsx";
import { ObjectFacts, PermitHours } from "../../../components/object-facts.tsx";
import { ErrorPanel, Panel } from "../../../components/page.tsx";
import { PriorActs } from "../../../components/prior-acts.tsx";
import { formatInstant } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";
import { usePerson } from "../../../session/person.tsx";
import { WithdrawMatch } from "./withdraw-match.tsx";
import "./object-card.css";

const actsShown = 5;

/**
 * What the register knows that bears on a record: permits at the time of the act first, then the object a person confirmed or the candidates
 * a person may confirm, then what else happened here.
 */
export function ObjectCard({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const { duties } = usePerson();
  const [q, setQ] = useState("");
  const objects = useClueObjects(clue.id, q);
  if (objects.data === undefined)
    return objects.isError ? (
      <Panel title={t("objects.card.title")}>
        <ErrorPanel error={objects.error} onRetry={() => void objects.refetch()} />
      </Panel>
    ) : null;
  const { data } = objects;
  return (
    <>
      <Panel title={t("objects.card.permits")}>
        <Permits permits={data.permits} />
      </Panel>
      {data.confirmed === null ? (
        <Candidates clue={clue} data={data} onSearch={setQ} />
      ) : (
        <Confirmed clue={clue} match={data.confirmed} mayConfirm={data.mayConfirm} />
      )}
      {data.withdrawn.length === 0 ? null : (
        <ul className="object-withdrawn">
          {data.withdrawn.map((match) => (
            <li key={match.id}>
              {t("objects.card.withdrawn", {
                name: match.withdrawn?.by ?? "",
                time: formatInstant(match.withdrawn?.at ?? match.confirmedAt, clue.timezone).slice(0, 16),
                object: match.object.name,
                reason: match.withdrawn?.reason ?? "",
              })}
            </li>
          ))}
        </ul>
      )}
      <Panel title={t("objects.acts.title", { total: data.acts.total })}>
        <PriorActs acts={data.acts} shown={actsShown} cases={mayOpen("cases", duties)} />
      </Panel>
    </>
  );
}

const coverTones: Record<PermitAtAct["cover"], BadgeTone> = { whole: "warn", part: "warn", none: "plain" };

function Permits({ permits }: { permits: readonly PermitAtAct[] }) {
  const { t } = useText();
  if (permits.length === 0) return <p className="object-soft">{t("objects.card.noPermit")}</p>;
  return (
    <ul className="object-permits">
      {permits.map(({ object, cover, coverThen, namesMatter, recordedLater, changedLater }) => (
        <li key={object.id}>
          <b className={cover !== "none" && namesMatter ? "object-in-force" : ""}>
            {t(`objects.card.permit.${cover}`, { reference: object.name })}
          </b>
          <span className="object-soft">
            {object.fact.validFrom} – {object.fact.validTo} · <PermitHours fact={object.fact} />
          </span>
          {coverThen === null ? null : (
            <b className="object-in-force">
              {t("objects.card.standing")}: {t(`objects.card.permit.${coverThen}`, { reference: object.name })}
            </b>
          )}
          <span className="object-badges">
            {namesMatter ? null : <Badge tone={coverTones[cover]}>{t("objects.card.otherMatter")}</Badge>}
            {recordedLater ? <Badge tone="warn">{t("objects.card.recordedLater")}</Badge> : null}
            {changedLater ? <Badge tone="warn">{t("objects.card.changedLater")}</Badge> : null}
            {object.closed === null ? null : <Badge tone="warn">{t("objects.closed")}</Badge>}
            {object.demo ? <Badge>{t("objects.demo")}</Badge> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Confirmed({ clue, match, mayConfirm }: { clue: ClueDetail; match: ObjectMatchView; mayConfirm: boolean }) {
  const { t } = useText();
  const { object } = match;
  return (
    <Panel title={t("objects.card.confirmed")} extra={<OpenFile object={object} />}>
      <p className="object-confirmed">
        <Badge tone="good">{object.name}</Badge>{" "}
        {t("objects.card.confirmedBy", {
          name: match.confirmedBy,
          time: formatInstant(match.confirmedAt, clue.timezone).slice(0, 16),
          version: match.objectVersion,
        })}
      </p>
      {object.version > match.objectVersion ? (
        <p className="object-soft">{t("objects.card.changedSince", { version: object.version })}</p>
      ) : null}
      <ObjectFacts object={object} short />
      {mayConfirm ? <WithdrawMatch clueId={clue.id} match={match} /> : null}
    </Panel>
  );
}

interface CandidatesProps {
  readonly clue: ClueDetail;
  readonly data: ClueObjects;
  readonly onSearch: (q: string) => void;
}

function Candidates({ clue, data, onSearch }: CandidatesProps) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const confirm = useConfirmMatch(clue.id);
  const { candidates } = data;
  return (
    <Panel title={t("objects.card.candidates", { total: candidates.length })}>
      {confirm.isError ? <ErrorPanel error={confirm.error} /> : null}
      <p className="object-soft">
        {t(candidates.length === 0 ? "objects.card.noCandidates" : "objects.card.candidatesHint")}
      </p>
      <ul className="object-candidates">
        {candidates.map(({ object, reasons }) => (
          <li key={object.id}>
            <div className="object-candidate-head">
              <b>{object.name}</b>
              {object.demo ? <Badge>{t("objects.demo")}</Badge> : null}
              <OpenFile object={object} />
            </div>
            {reasons.map((reason) => (
              <p key={reason.code} className="object-soft">
                {pick(reason.text)}
              </p>
            ))}
            <ObjectFacts object={object} short />
            {data.mayConfirm ? (
              <Button
                size="small"
                loading={confirm.isPending && confirm.variables.objectId === object.id}
                onClick={() =>
                  confirm.mutate(
                    { objectId: object.id, version: object.version },
                    { onSuccess: () => void message.success(t("objects.card.done")) },
                  )
                }
              >
                {t("objects.card.confirm")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {data.mayConfirm ? (
        <Input.Search
          size="small"
          className="object-search"
          allowClear
          maxLength={100}
          placeholder={t("objects.card.search")}
          aria-label={t("objects.card.search")}
          onSearch={(text) => onSearch(text.trim())}
        />
      ) : null}
    </Panel>
  );
}

/** Where the person may open the register at all. */
function OpenFile({ object }: { object: ObjectItem }) {
  const { t } = useText();
  const { duties } = usePerson();
  if (!mayOpen("objects", duties)) return null;
  return (
    <Link className="object-open" to={`/objects/${object.id}`}>
      {t("objects.card.open")}
    </Link>
  );
}
