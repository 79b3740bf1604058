import { SafetyCertificateOutlined } from "@ant-design/icons";
import { custodyActionText } from "@mingcha/models/custody";
import type { CustodyEntryView } from "@mingcha/models/http";
import { Alert, Button, Input, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useCheckCustody, useCustody } from "../../api/records.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Page } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import "./custody.css";

/** The record of everything done to evidence, and a check of its chain. */
export function CustodyPage() {
  const { t } = useText();
  const [search, setSearch] = useSearchParams();
  const subject = search.get("subject") ?? "";
  const [typed, setTyped] = useState(subject);
  const custody = useCustody(subject);
  const check = useCheckCustody();
  const filterBy = (value: string) => {
    setTyped(value);
    setSearch(value === "" ? {} : { subject: value }, { replace: true });
  };
  const columns = useColumns(filterBy);
  return (
    <Page
      title={t("custody.title")}
      extra={
        <Button
          type="primary"
          icon={<SafetyCertificateOutlined />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t("custody.check")}
        </Button>
      }
    >
      {check.isError ? <ErrorPanel error={check.error} /> : null}
      {check.data ? (
        <Alert
          className="custody-result"
          type={check.data.intact ? "success" : "error"}
          showIcon
          title={
            check.data.intact
              ? t("custody.intact", { total: check.data.entries })
              : t("custody.broken", { seq: check.data.brokenAt ?? "?" })
          }
          description={
            <>
              {check.data.reason ? <p>{check.data.reason}</p> : null}
              {t("custody.head")} <Copyable hash value={check.data.headHash} />
            </>
          }
        />
      ) : null}
      <Input.Search
        className="custody-filter"
        allowClear
        value={typed}
        placeholder={t("custody.subjectHint")}
        aria-label={t("custody.subject")}
        onChange={(event) => setTyped(event.target.value)}
        onSearch={(value) => filterBy(value.trim())}
      />
      {custody.isError ? <ErrorPanel error={custody.error} onRetry={() => void custody.refetch()} /> : null}
      <Table
        size="small"
        className="custody-table"
        rowKey="seq"
        columns={columns}
        dataSource={custody.data?.pages.flatMap((page) => page.items) ?? []}
        pagination={false}
        loading={custody.isPending}
        scroll={{ x: 980 }}
        locale={{ emptyText: t("custody.empty") }}
      />
      {custody.hasNextPage ? (
        <div className="custody-more">
          <Button loading={custody.isFetchingNextPage} onClick={() => void custody.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </Page>
  );
}

function useColumns(filterBy: (subject: string) => void): TableColumnsType<CustodyEntryView> {
  const { t } = useText();
  return [
    { title: t("custody.seq"), dataIndex: "seq", width: 80, align: "right" },
    {
      title: t("custody.at"),
      dataIndex: "at",
      width: 190,
      render: (at: string) => dayjs(at).format("YYYY-MM-DD HH:mm:ss.SSS"),
    },
    {
      title: t("custody.action"),
      dataIndex: "action",
      width: 180,
      render: (action: string) => <Action action={action} />,
    },
    { title: t("custody.actor"), dataIndex: "actorName", width: 140 },
    {
      title: t("custody.subject"),
      dataIndex: "subject",
      width: 250,
      render: (subject: string) => (
        <button
          type="button"
          className="custody-subject"
          title={t("custody.onlyThis")}
          onClick={() => filterBy(subject)}
        >
          {subject}
        </button>
      ),
    },
    {
      title: t("custody.detail"),
      dataIndex: "detail",
      render: (detail: CustodyEntryView["detail"]) => <Detail detail={detail} />,
    },
    {
      title: t("custody.hash"),
      dataIndex: "hash",
      width: 160,
      render: (hash: string) => <Copyable hash value={hash} />,
    },
  ];
}

function Detail({ detail }: { detail: CustodyEntryView["detail"] }) {
  return (
    <span className="custody-detail">
      {Object.entries(detail).map(([key, value]) => (
        <span key={key}>
          <small>{key}</small> <Value value={value} />
        </span>
      ))}
    </span>
  );
}

function Action({ action }: { action: string }) {
  const { pick } = useText();
  return <span title={action}>{pick(custodyActionText(action))}</span>;
}

/** Hashes are shortened for the eye and copied whole. */
function Value({ value }: { value: unknown }) {
  if (typeof value === "string" && /^[0-9a-f]{64}$/.test(value)) return <Copyable hash value={value} />;
  if (Array.isArray(value)) return value.map((item) => <Value key={JSON.stringify(item)} value={item} />);
  return <>{typeof value === "object" ? JSON.stringify(value) : String(value)} </>;
}
