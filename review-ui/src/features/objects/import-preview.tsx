import { DownloadOutlined } from "@ant-design/icons";
import type { ImportPreview, ImportRow } from "@mingcha/models/http";
import { objectColumns } from "@mingcha/models/objects";
import { Alert, Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { useImportObjects } from "../../api/objects.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { isStale } from "../../lib/api-error.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { problemsCsv } from "./problems-csv.ts";

const actions = ["error", "create", "update", "same"] as const;
const tones: Record<ImportRow["action"], BadgeTone> = { error: "bad", create: "good", update: "info", same: "plain" };

interface ImportPreviewProps {
  readonly preview: ImportPreview;
  readonly fileName: string;
  readonly run: ReturnType<typeof useImportObjects>;
  readonly onRun: () => void;
  readonly onAgain: () => void;
}

/** What an import would do, the wrong rows first; what it did, once it was run. */
export function ImportPreviewPanel({ preview, fileName, run, onRun, onAgain }: ImportPreviewProps) {
  const { t, pick, chinese } = useText();
  const { counts } = preview;
  const [shown, setShown] = useState<"all" | ImportRow["action"]>(counts.error > 0 ? "error" : "all");
  const wrong = preview.rows.filter(({ action }) => action === "error");
  const doable = counts.create + counts.update;
  const ignored = preview.headings.filter(({ field }) => field === null).map(({ heading }) => heading);
  const download = () => {
    const headings = [
      t("objects.importPage.row"),
      t("objects.title"),
      t("objects.importPage.field"),
      t("objects.importPage.value"),
      t("objects.importPage.problems"),
    ];
    const url = URL.createObjectURL(new Blob([problemsCsv(wrong, headings, pick)], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${fileName.replace(/\.\w+$/, "")}-problems.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  if (run.data !== undefined)
    return (
      <Alert
        className="objects-done"
        type="success"
        showIcon
        title={t("objects.importPage.done", run.data)}
        action={<Link to={`/objects?kind=${preview.kind}`}>{t("objects.importPage.back")}</Link>}
      />
    );
  return (
    <Panel
      className="objects-preview"
      title={t("objects.importPage.file", { name: fileName, encoding: preview.encoding })}
      extra={
        wrong.length === 0 ? undefined : (
          <Button size="small" icon={<DownloadOutlined />} onClick={download}>
            {t("objects.importPage.downloadErrors")}
          </Button>
        )
      }
    >
      {run.isError ? <ErrorPanel error={run.error} {...(isStale(run.error) ? {} : { onRetry: onAgain })} /> : null}
      {ignored.length === 0 ? null : (
        <Alert
          className="objects-ignored"
          type="warning"
          showIcon
          title={t("objects.importPage.ignored", { names: ignored.join(chinese ? "、" : ", ") })}
        />
      )}
      <div className="objects-filters">
        <Segmented
          aria-label={t("objects.importPage.show")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "all" as const, label: t("objects.importPage.all") },
            ...actions.map((action) => ({
              value: action,
              label: `${t(`objects.importPage.count.${action}`)} ${counts[action]}`,
              disabled: counts[action] === 0,
            })),
          ]}
        />
      </div>
      <PreviewTable
        preview={preview}
        rows={shown === "all" ? preview.rows : preview.rows.filter(({ action }) => action === shown)}
      />
      {preview.rowsLeftOut > 0 ? (
        <p className="objects-hint">{t("objects.importPage.leftOut", { total: preview.rowsLeftOut })}</p>
      ) : null}
      <div className="objects-run">
        <Button type="primary" disabled={doable === 0} loading={run.isPending} onClick={onRun}>
          {doable === 0 ? t("objects.importPage.nothing") : t("objects.importPage.run", { total: doable })}
        </Button>
        {counts.error > 0 ? (
          <span className="objects-hint">{t("objects.importPage.skipped", { total: counts.error })}</span>
        ) : null}
      </div>
    </Panel>
  );
}

function PreviewTable({ preview, rows }: { preview: ImportPreview; rows: ImportRow[] }) {
  const { t } = useText();
  const narrow = useNarrow();
  const outcome = {
    title: t("objects.importPage.outcome"),
    width: 90,
    render: (_: unknown, row: ImportRow) => <Outcome row={row} />,
  };
  const number = { title: t("objects.importPage.row"), width: 64, dataIndex: "row" };
  const columns: TableColumnsType<ImportRow> = narrow
    ? [
        number,
        {
          title: t("objects.importPage.outcome"),
          render: (_, row) => (
            <div className="objects-card">
              <span>
                <Outcome row={row} /> <b>{row.name}</b>
              </span>
              {row.place === null ? null : <span>{row.place}</span>}
              <RowDetail preview={preview} row={row} />
            </div>
          ),
        },
      ]
    : [
        number,
        outcome,
        {
          title: t("objects.title"),
          render: (_, row) => (
            <div className="objects-card">
              <b>{row.name}</b>
              {row.place === null ? null : <span className="objects-none">{row.place}</span>}
            </div>
          ),
        },
        { title: t("objects.importPage.problems"), render: (_, row) => <RowDetail preview={preview} row={row} /> },
      ];
  return (
    <Table
      size="small"
      rowKey="row"
      columns={columns}
      dataSource={rows}
      scroll={{ x: narrow ? 320 : 900 }}
      pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
    />
  );
}

function Outcome({ row }: { row: ImportRow }) {
  const { t } = useText();
  return <Badge tone={tones[row.action]}>{t(`objects.importPage.count.${row.action}`)}</Badge>;
}

/** Each problem with the text that has it, or what an update changes. */
function RowDetail({ preview, row }: { preview: ImportPreview; row: ImportRow }) {
  const { t, pick, chinese } = useText();
  const titleOf = (field: string): string => {
    const column = objectColumns[preview.kind].find((one) => one.field === field);
    return column === undefined ? t("objects.pledges") : pick(column.title);
  };
  if (row.changes.length > 0)
    return (
      <span>
        {t("objects.importPage.changes")} {row.changes.map(titleOf).join(chinese ? "、" : ", ")}
      </span>
    );
  return (
    <ul className="objects-problems">
      {row.problems.map((problem) => (
        <li key={`${problem.field}${problem.code}`}>
          <b>{pick(problem.fieldTitle)}</b> {pick(problem.text)}
          {problem.value === "" ? null : <code>{problem.value}</code>}
        </li>
      ))}
    </ul>
  );
}
