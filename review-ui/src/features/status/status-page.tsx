import type { SourceView, StatusView } from "@mingcha/models/http";
import { diskLevels } from "@mingcha/models/retention";
import { Table, type TableColumnsType } from "antd";
import { useSources, useStatus } from "../../api/records.ts";
import { Badge } from "../../components/badges.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Fact, Facts, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useNow } from "../../lib/use-now.ts";
import { useText } from "../../lib/use-text.ts";
import { HostClocks } from "./host-clocks.tsx";
import "./status.css";

/** Is the machine room well, and which sources have gone quiet? */
export function StatusPage() {
  const { t } = useText();
  const status = useStatus();
  return (
    <Page title={t("status.title")}>
      {status.isError ? <ErrorPanel error={status.error} onRetry={() => void status.refetch()} /> : null}
      {status.isPending ? <Waiting /> : null}
      {status.data ? <Overview status={status.data} /> : null}
      {status.data ? <HostClocks clocks={status.data.hostClocks} /> : null}
      <Sources />
    </Page>
  );
}

function Overview({ status }: { status: StatusView }) {
  const { t, duration } = useText();
  const age = (seconds: number | null) => (seconds === null ? t("status.none") : duration(seconds));
  const missingPct = status.looks === 0 ? 0 : (status.looksMissing / status.looks) * 100;
  return (
    <>
      <ul className="numbers">
        <Figure label={t("status.clipsStored")} value={status.clips.stored} />
        <Figure label={t("status.clipsDetected")} value={status.clips.detected} />
        <Figure
          label={t("status.clipsQuarantined")}
          value={status.clips.quarantined}
          bad={status.clips.quarantined > 0}
        />
        <Figure label={t("status.looks")} value={status.looks} />
        <Figure
          label={t("status.looksMissing")}
          value={status.looksMissing}
          hint={`${missingPct.toFixed(2)} %`}
          bad={missingPct > 1}
        />
        <Figure label={t("status.flags")} value={status.flags} />
      </ul>
      <Panel title={t("status.services")}>
        <Facts>
          <Fact label={t("status.oldestUnprocessed")}>{age(status.oldestUnprocessedS)}</Fact>
          <Fact label={t("status.oldestUnreviewed")}>{age(status.oldestUnreviewedS)}</Fact>
          <Fact label={t("status.freeSpace")}>
            {status.freeBytes === null ? t("item.unknown") : formatBytes(status.freeBytes)} <Room disk={status.disk} />
          </Fact>
          <Fact label={t("status.database")}>{t(`status.kind.${status.services.database}`)}</Fact>
          <Fact label={t("status.queue")}>{t(`status.kind.${status.services.queue}`)}</Fact>
          <Fact label={t("status.store")}>{t(`status.kind.${status.services.store}`)}</Fact>
          <Fact label={t("item.model")}>
            {status.model.id} {status.model.sha256 ? <Copyable hash value={status.model.sha256} /> : null}
          </Fact>
        </Facts>
      </Panel>
    </>
  );
}

/** How the room stands where it is not enough, and how many days are left of it. */
function Room({ disk }: { disk: StatusView["disk"] }) {
  const { t, pick } = useText();
  if (disk === null) return null;
  return (
    <>
      {disk.level === "ok" ? null : (
        <Badge tone={disk.level === "full" ? "bad" : "warn"}>{pick(diskLevels[disk.level])}</Badge>
      )}{" "}
      {disk.daysLeft === null ? null : (
        <small className="status-ago">{t("status.daysLeft", { days: Math.floor(disk.daysLeft) })}</small>
      )}
    </>
  );
}

function Figure({ label, value, hint, bad = false }: { label: string; value: number; hint?: string; bad?: boolean }) {
  return (
    <li className={`number ${bad ? "number-bad" : ""}`}>
      <b>{value.toLocaleString("en-US")}</b>
      <span>
        {label} {hint ? <small>{hint}</small> : null}
      </span>
    </li>
  );
}

function Sources() {
  const { t } = useText();
  const sources = useSources(10_000);
  const columns = useColumns();
  return (
    <Panel className="panel-flush" title={t("status.sources")}>
      {sources.isError ? <ErrorPanel error={sources.error} onRetry={() => void sources.refetch()} /> : null}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={sources.data?.items ?? []}
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        loading={sources.isPending}
        scroll={{ x: 320 }}
        locale={{ emptyText: t("status.noSources") }}
      />
    </Panel>
  );
}

function useColumns(): TableColumnsType<SourceView> {
  const { t, duration } = useText();
  const now = useNow();
  const knownKinds = ["fixed", "patrol", "gate", "drone", "body", "file", "shared_police"] as const;
  const kindText = (kind: string) => {
    const known = knownKinds.find((item) => item === kind);
    return known ? t(`sourceKind.${known}`) : kind;
  };
  const narrow = useNarrow();
  const columns: TableColumnsType<SourceView> = [
    {
      title: t("status.source"),
      render: (_, item) => (
        <>
          <b>{item.name}</b> {narrow ? <div className="status-ago">{item.place}</div> : null}
        </>
      ),
    },
    { title: "ID", dataIndex: "id", width: 150 },
    { title: t("status.sourceKind"), dataIndex: "kind", width: 110, render: kindText },
    { title: t("item.place"), dataIndex: "place" },
    {
      title: t("status.scene"),
      width: 90,
      render: (_, item) =>
        item.sceneVersion === null ? <Badge tone="warn">{t("status.noScene")}</Badge> : `v${item.sceneVersion}`,
    },
    { title: t("status.clips"), dataIndex: "clips", width: 90, align: "right" },
    {
      title: t("status.lastLook"),
      width: narrow ? 170 : 260,
      render: (_, item) =>
        item.lastLookAt === null ? (
          <Badge tone="warn">{t("status.neverLooked")}</Badge>
        ) : (
          <>
            {formatInstant(item.lastLookAt, item.timezone)}{" "}
            <small className="status-ago">
              {t("status.ago", { time: duration((now - Date.parse(item.lastLookAt)) / 1000) })}
            </small>
            {item.suspended === null ? null : (
              <div>
                <Badge tone="warn">{t(`status.suspended.${item.suspended.reason}`)}</Badge>{" "}
                <small className="status-ago">
                  {t("status.since", { time: formatInstant(item.suspended.since, item.timezone) })}
                </small>
              </div>
            )}
          </>
        ),
    },
  ];
  // A phone shows which source has gone quiet; the rest is for the desk.
  return narrow ? columns.filter((_, index) => index === 0 || index === columns.length - 1) : columns;
}
