import { FilePdfOutlined } from "@ant-design/icons";
import type { DeletionCertificateView } from "@mingcha/models/http";
import { retentionClasses } from "@mingcha/models/retention";
import { Button, Input, Select, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useSources } from "../../api/records.ts";
import { useCertificatePaper, useCertificates } from "../../api/retention.ts";
import { Badge } from "../../components/badges.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Nothing, Panel, Waiting } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

const dayFormat = "YYYY-MM-DD";

/** What was deleted, newest first, each as a paper, and all of some days as one. */
export function CertificatesPanel({ total, waiting }: { total: number; waiting: number }) {
  const { t } = useText();
  const [sourceId, setSourceId] = useState("");
  const [from, setFrom] = useState(dayjs().subtract(29, "day").format(dayFormat));
  const [to, setTo] = useState(dayjs().format(dayFormat));
  const sources = useSources();
  const list = useCertificates(sourceId);
  const paper = useCertificatePaper();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useColumns((id) => paper.mutate({ id }), paper.isPending);
  return (
    <Panel
      className="panel-flush retention-certificates"
      title={t("retention.certificates.title")}
      extra={
        <>
          {t("retention.certificates.total", { total })}
          {waiting > 0 ? ` · ${t("retention.certificates.waiting", { total: waiting })}` : ""}
        </>
      }
    >
      <div className="retention-filter">
        <Select
          aria-label={t("retention.certificates.source")}
          className="retention-source"
          value={sourceId}
          onChange={setSourceId}
          options={[
            { value: "", label: t("retention.certificates.allSources") },
            ...(sources.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name || id })),
          ]}
        />
        <Input
          type="date"
          className="retention-date"
          aria-label={t("retention.certificates.from")}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Input
          type="date"
          className="retention-date"
          aria-label={t("retention.certificates.to")}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Button
          icon={<FilePdfOutlined />}
          disabled={from === "" || to === "" || from > to || total === 0}
          loading={paper.isPending}
          onClick={() => paper.mutate({ from, to })}
        >
          {t("retention.certificates.export")}
        </Button>
        <span className="retention-small">{t("retention.certificates.exportHint")}</span>
      </div>
      {paper.isError ? <ErrorPanel error={paper.error} /> : null}
      {list.isError ? <ErrorPanel error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Waiting /> : null}
      {list.isSuccess && items.length === 0 ? <Nothing>{t("retention.certificates.none")}</Nothing> : null}
      {items.length === 0 ? null : (
        <Table size="small" rowKey="id" columns={columns} dataSource={items} pagination={false} scroll={{ x: 1080 }} />
      )}
      {list.hasNextPage ? (
        <div className="retention-more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function useColumns(print: (id: string) => void, isPrinting: boolean): TableColumnsType<DeletionCertificateView> {
  const { t, pick } = useText();
  return [
    {
      title: t("retention.certificates.number"),
      width: 84,
      render: (_, item) => <b>{String(item.number).padStart(6, "0")}</b>,
    },
    {
      title: t("retention.certificates.what"),
      render: (_, item) => (
        <>
          {t(`retention.certificates.kind.${item.kind}`)} {item.kind === "clip" ? item.name : ""}{" "}
          <small className="retention-small">{formatBytes(item.sizeBytes)}</small>
        </>
      ),
    },
    { title: t("retention.certificates.source"), dataIndex: "sourceName", width: 150 },
    {
      title: t("retention.certificates.captured"),
      width: 160,
      render: (_, item) => formatInstant(item.capturedFrom, item.timezone),
    },
    {
      title: t("retention.certificates.class"),
      width: 220,
      render: (_, item) => (
        <>
          {pick(retentionClasses[item.class])}{" "}
          {item.verified ? null : <Badge tone="warn">{t("retention.rules.unverified")}</Badge>}
          <div className="retention-small">
            {t("retention.certificates.keepUntil", { day: formatInstant(item.keepUntil, item.timezone).slice(0, 10) })}
          </div>
        </>
      ),
    },
    {
      title: t("retention.certificates.decided"),
      width: 160,
      render: (_, item) => formatInstant(item.decidedAt, item.timezone),
    },
    {
      title: t("retention.certificates.bytes"),
      width: 130,
      render: (_, item) => (
        <Badge tone={item.bytes === null ? "warn" : "good"}>
          {t(`retention.certificates.outcome.${item.bytes?.outcome ?? "waiting"}`)}
        </Badge>
      ),
    },
    {
      title: t("retention.certificates.hash"),
      width: 160,
      render: (_, item) => <Copyable hash value={item.sha256} />,
    },
    {
      title: t("retention.certificates.paper"),
      width: 64,
      render: (_, item) => (
        <Button
          size="small"
          icon={<FilePdfOutlined />}
          title={t("retention.certificates.print")}
          aria-label={t("retention.certificates.print")}
          disabled={isPrinting}
          onClick={() => print(item.id)}
        />
      ),
    },
  ];
}
