import { PlusOutlined } from "@ant-design/icons";
import { type LinkState, linkReasons, linkStates } from "@mingcha/models/dock";
import type { DockRow, DocksView } from "@mingcha/models/http";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useDocks } from "../../api/docks.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Page, Panel, Waiting } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { DockDetailPanels } from "./dock-detail.tsx";
import { DockForm } from "./dock-form.tsx";
import { DockState } from "./dock-state.tsx";
import "./docks.css";

const linkTones: Record<LinkState, BadgeTone> = { off: "plain", connecting: "info", connected: "good", lost: "bad" };

/** Drone docks: which are there, whether they speak, and what came of their flights. */
export function DocksPage() {
  const { t } = useText();
  const { duties } = usePerson();
  const docks = useDocks();
  const narrow = useNarrow();
  const [params, setParams] = useSearchParams();
  const [creating, setCreating] = useState(false);
  const mayChange = duties.includes("administrator");
  if (docks.isPending) return <Waiting />;
  const items = docks.data?.items ?? [];
  const asked = items.find(({ sn }) => sn === params.get("sn"));
  const chosen = asked ?? (narrow ? undefined : items[0]);
  return (
    <Page
      title={t("docks.title")}
      extra={
        mayChange ? (
          <Button type="primary" size="small" icon={<PlusOutlined />} onClick={() => setCreating(!creating)}>
            {t("docks.create")}
          </Button>
        ) : undefined
      }
    >
      {docks.isError ? <ErrorPanel error={docks.error} onRetry={() => void docks.refetch()} /> : null}
      {docks.data === undefined ? null : <BrokerLine link={docks.data.link} hasDocks={items.length > 0} />}
      {creating ? (
        <Panel title={t("docks.create")} className="docks-new">
          <DockForm
            dock={null}
            onSaved={(sn) => {
              setCreating(false);
              setParams({ sn });
            }}
          />
        </Panel>
      ) : null}
      {items.length === 0 ? (
        creating ? null : (
          <Nothing>{t(mayChange ? "docks.none" : "docks.noneRead")}</Nothing>
        )
      ) : (
        <div className="docks-columns">
          {narrow && chosen !== undefined ? (
            <Button size="small" className="docks-back" onClick={() => setParams({})}>
              {t("docks.back")}
            </Button>
          ) : (
            <DockList items={items} chosenSn={chosen?.sn} onChoose={(sn) => setParams({ sn })} />
          )}
          {chosen === undefined ? null : <DockDetailPanels key={chosen.sn} sn={chosen.sn} />}
        </div>
      )}
    </Page>
  );
}

function BrokerLine({ link, hasDocks }: { link: DocksView["link"]; hasDocks: boolean }) {
  const { t, pick } = useText();
  if (link === null)
    return hasDocks ? <Alert className="docks-broker" type="warning" showIcon title={t("docks.noBroker")} /> : null;
  const { state, since, reason } = link;
  return (
    <p className="docks-broker">
      {t("docks.broker")} <Badge tone={linkTones[state]}>{pick(linkStates[state])}</Badge>{" "}
      <span className="docks-soft">{t("docks.since", { time: formatInstant(since, bureauTimezone) })}</span>{" "}
      {reason === null ? null : <b>{pick(linkReasons[reason])}</b>}
    </p>
  );
}

interface DockListProps {
  readonly items: readonly DockRow[];
  readonly chosenSn: string | undefined;
  readonly onChoose: (sn: string) => void;
}

function DockList({ items, chosenSn, onChoose }: DockListProps) {
  const { t } = useText();
  return (
    <ul className="docks-list">
      {items.map((dock) => (
        <li key={dock.sn}>
          <button type="button" aria-current={dock.sn === chosenSn} onClick={() => onChoose(dock.sn)}>
            <b>{dock.name}</b>
            <DockState dock={dock} />
            <span className="docks-soft">{dock.source?.name ?? t("docks.noSource")}</span>
            {dock.awaiting === 0 ? null : <Badge tone="warn">{t("docks.trouble", { total: dock.awaiting })}</Badge>}
          </button>
        </li>
      ))}
    </ul>
  );
}
