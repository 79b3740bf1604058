import type { CaseItem } from "@mingcha/models/http";
import { Button, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { useCases } from "../../api/cases.ts";
import { ErrorPanel, Page } from "../../components/page.tsx";
import { formatSpan } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { CaseStateBadge, DueBadge } from "./case-badges.tsx";
import { caseTimezone } from "./case-timezone.ts";
import "./cases.css";

/** Cases with what is due next. */
export function CasesPage() {
  const { t } = useText();
  const cases = useCases();
  const columns = useColumns();
  const narrow = useNarrow();
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t("cases.title")}>
      {cases.isError ? <ErrorPanel error={cases.error} onRetry={() => void cases.refetch()} /> : null}
      <Table
        size="small"
        className="cases-table"
        rowKey="id"
        columns={columns}
        dataSource={items}
        pagination={false}
        loading={cases.isPending}
        scroll={{ x: narrow ? 320 : 980 }}
        locale={{ emptyText: t("cases.empty") }}
      />
      {cases.hasNextPage ? (
        <div className="cases-more">
          <Button loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </Page>
  );
}

function useColumns(): TableColumnsType<CaseItem> {
  const { t, pick } = useText();
  const narrow = useNarrow();
  if (narrow) return [{ title: t("cases.title"), render: (_, item) => <CaseCard item={item} /> }];
  return [
    {
      title: t("cases.number"),
      width: 210,
      render: (_, item) => (
        <Link className="cases-number" to={`/cases/${item.id}`}>
          {item.number ?? t("cases.noNumber")}
        </Link>
      ),
    },
    { title: t("cases.cause"), render: (_, item) => <span title={item.cause}>{pick(item.violationTitle)}</span> },
    { title: t("cases.place"), dataIndex: "place" },
    { title: t("cases.time"), width: 300, render: (_, item) => formatSpan(item.from, item.to, caseTimezone) },
    {
      title: t("cases.handlers"),
      width: 150,
      render: (_, item) => item.handlers.map((handler) => handler.name).join("、"),
    },
    { title: t("cases.state"), width: 110, render: (_, item) => <CaseStateBadge state={item.state} /> },
    {
      title: t("cases.nextDue"),
      width: 210,
      render: (_, item) =>
        item.nextDue ? (
          <span className="cases-due" title={item.nextDue.basis}>
            <DueBadge dueOn={item.nextDue.dueOn} /> <small>{pick(item.nextDue.title)}</small>
          </span>
        ) : (
          "—"
        ),
    },
  ];
}

/** One case on a phone. */
function CaseCard({ item }: { item: CaseItem }) {
  const { t, pick } = useText();
  return (
    <div className="cases-card">
      <Link className="cases-number" to={`/cases/${item.id}`}>
        {item.number ?? t("cases.noNumber")}
      </Link>
      <span>
        {pick(item.violationTitle)} <CaseStateBadge state={item.state} />
      </span>
      <span>{item.place}</span>
      {item.nextDue ? (
        <span>
          <DueBadge dueOn={item.nextDue.dueOn} /> <small>{pick(item.nextDue.title)}</small>
        </span>
      ) : null}
    </div>
  );
}
