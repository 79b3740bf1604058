import type { StandingSource } from "@mingcha/models/http";
import { type SourceCondition, sourceConditionCodes, sourceConditions } from "@mingcha/models/monitoring";
import { streamReasons } from "@mingcha/models/streams";
import { Input, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { stillUrl } from "../../api/media.ts";
import { useSources } from "../../api/records.ts";
import { mayOpen } from "../../app/navigation.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ConditionMark } from "../../components/condition-mark.tsx";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { SourceDistrict } from "./source-district.tsx";
import { matchesSource, maySeePictures } from "./source-state.ts";
import "./sources.css";

const refetchMs = 15_000;
const tones: Record<SourceCondition, BadgeTone> = {
  live: "good",
  blind: "warn",
  moved: "warn",
  silent: "bad",
  idle: "plain",
  unseen: "plain",
};

/** A wall of the newest look of every source, with what is wrong with it; from here its zones and rules are drawn. */
export function SourcesPage() {
  const { t, pick } = useText();
  const sources = useSources(refetchMs);
  const [text, setText] = useState("");
  const [state, setState] = useState<SourceCondition | "all">("all");
  const { duties } = usePerson();
  const mayDraw = duties.includes("monitor");
  const mayLook = maySeePictures(duties);
  if (sources.isPending) return <Waiting />;
  const items = sources.data?.items ?? [];
  const shown = items.filter(
    (source) => matchesSource(source, text) && (state === "all" || source.standing.condition === state),
  );
  const count = (wanted: SourceCondition): number =>
    items.filter(({ standing }) => standing.condition === wanted).length;
  return (
    <Page
      title={t("sources.title")}
      extra={
        <>
          {mayOpen("docks", duties) ? <Link to="/docks">{t("docks.title")}</Link> : null}
          <Segmented
            size="small"
            value={state}
            onChange={setState}
            options={[
              { value: "all" as const, label: `${t("sources.all")} ${items.length}` },
              ...sourceConditionCodes
                .filter((value) => value === state || count(value) > 0)
                .map((value) => ({ value, label: `${pick(sourceConditions[value])} ${count(value)}` })),
            ]}
          />
          <Input.Search
            size="small"
            allowClear
            className="sources-search"
            placeholder={t("sources.search")}
            aria-label={t("sources.search")}
            onChange={(event) => setText(event.target.value)}
          />
        </>
      }
    >
      {sources.isError ? <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} /> : null}
      {items.length === 0 ? (
        <Nothing>{t("sources.none")}</Nothing>
      ) : shown.length === 0 ? (
        <Nothing>{t("sources.noMatch")}</Nothing>
      ) : (
        <ul className="sources">
          {shown.map((source) => (
            <SourceCard key={source.id} source={source} mayDraw={mayDraw} mayLook={mayLook} />
          ))}
        </ul>
      )}
    </Page>
  );
}

interface SourceCardProps {
  readonly source: StandingSource;
  readonly mayDraw: boolean;
  /** Administrators keep the register and see no pictures. */
  readonly mayLook: boolean;
}

function SourceCard({ source, mayDraw, mayLook }: SourceCardProps) {
  const { t, pick } = useText();
  const { condition } = source.standing;
  const path = `/sources/${encodeURIComponent(source.id)}/scene`;
  const device = `/sources/${encodeURIComponent(source.id)}/device`;
  return (
    <li className="source">
      <Link className="source-picture" to={mayDraw ? path : device}>
        {source.lastLook === null || !mayLook ? (
          <span>{t(mayLook ? "sources.noLook" : "sources.noPicture")}</span>
        ) : (
          <img
            loading="lazy"
            src={stillUrl(source.lastLook.clipId, source.lastLook.offsetMs, 640)}
            alt={`${source.name} ${t(mayDraw ? "sources.draw" : "devices.title")}`}
          />
        )}
      </Link>
      <div className="source-text">
        <b title={source.id}>{source.name}</b>
        <Badge tone={tones[condition]}>
          <ConditionMark condition={condition} /> {pick(sourceConditions[condition])}
        </Badge>
        <span>{source.place}</span>
        <span>
          {source.lastLookAt === null
            ? t("sources.noLook")
            : t("sources.lastLook", { time: formatInstant(source.lastLookAt, source.timezone) })}
        </span>
        {source.standing.stream?.reason == null ? null : (
          <span>
            {pick(streamReasons[source.standing.stream.reason])} ·{" "}
            {t("status.since", { time: formatInstant(source.standing.stream.since, source.timezone) })}
          </span>
        )}
        {source.suspended === null ? null : (
          <span>
            {t(`status.suspended.${source.suspended.reason}`)} ·{" "}
            {t("status.since", { time: formatInstant(source.suspended.since, source.timezone) })}
          </span>
        )}
        <SourceDistrict source={source} />
        <span className="source-links">
          <span>
            {source.sceneVersion === null
              ? t("sources.noScene")
              : t("sources.sceneVersion", { version: source.sceneVersion })}
          </span>
          <Link to={device}>{t("devices.title")}</Link>
          {mayLook ? <Link to={`/?source=${encodeURIComponent(source.id)}`}>{t("sources.flags")}</Link> : null}
          {mayDraw ? <Link to={path}>{t("sources.draw")}</Link> : null}
        </span>
      </div>
    </li>
  );
}
