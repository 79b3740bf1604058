import type { TruckImportPreview, TruckImportRow } from "@mingcha/models/http";
import { Alert, Button, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";

const actions = ["error", "create", "same"] as const;
const tones: Record<TruckImportRow["action"], BadgeTone> = { error: "bad", create: "good", same: "plain" };

interface TruckPreviewProps {
  readonly preview: TruckImportPreview;
  readonly fileName: string;
  readonly timezone: string;
  readonly running: boolean;
  readonly onRun: () => void;
}

/** What importing a file would do, the wrong rows first. */
export function TruckPreview({ preview, fileName, timezone, running, onRun }: TruckPreviewProps) {
  const { t, chinese } = useText();
  const { counts, from, to } = preview;
  const [shown, setShown] = useState<"all" | TruckImportRow["action"]>(counts.error > 0 ? "error" : "all");
  const list = (texts: readonly string[]) => texts.join(chinese ? "、" : ", ");
  const when = (instant: string) => formatInstant(instant, timezone).slice(0, 16);
  return (
    <div className="trucks-preview">
      <p>
        <b>{fileName}</b> · {preview.encoding}
        {from === null || to === null
          ? null
          : ` · ${t("trucks.imports.span", { from: when(from), to: when(to), plates: preview.plates })}`}
      </p>
      {preview.ignored.length === 0 ? null : (
        <Alert type="info" showIcon title={t("trucks.imports.ignored", { names: list(preview.ignored) })} />
      )}
      {preview.unknownNames.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={t("trucks.imports.unknownNames", { names: list(preview.unknownNames) })}
        />
      )}
      <div className="trucks-filters">
        <Segmented
          aria-label={t("objects.importPage.show")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "all" as const, label: t("objects.importPage.all") },
            ...actions.map((action) => ({
              value: action,
              label: `${t(`trucks.imports.count.${action}`)} ${counts[action]}`,
              disabled: counts[action] === 0,
            })),
          ]}
        />
      </div>
      <PreviewTable
        timezone={timezone}
        rows={shown === "all" ? preview.rows : preview.rows.filter(({ action }) => action === shown)}
      />
      {preview.rowsLeftOut > 0 ? (
        <p className="trucks-hint">{t("objects.importPage.leftOut", { total: preview.rowsLeftOut })}</p>
      ) : null}
      <div className="trucks-run">
        <Button type="primary" disabled={counts.create === 0} loading={running} onClick={onRun}>
          {counts.create === 0
            ? t("objects.importPage.nothing")
            : t("objects.importPage.run", { total: counts.create })}
        </Button>
        {counts.error > 0 ? (
          <span className="trucks-hint">{t("objects.importPage.skipped", { total: counts.error })}</span>
        ) : null}
      </div>
    </div>
  );
}

function PreviewTable({ rows, timezone }: { rows: TruckImportRow[]; timezone: string }) {
  const { t, pick } = useText();
  const narrow = useNarrow();
  const columns: TableColumnsType<TruckImportRow> = [
    { title: t("objects.importPage.row"), width: 70, dataIndex: "row" },
    {
      title: t("objects.importPage.outcome"),
      width: 90,
      render: (_, { action }) => <Badge tone={tones[action]}>{t(`trucks.imports.count.${action}`)}</Badge>,
    },
    {
      title: t("trucks.trips.plate"),
      width: narrow ? 150 : 280,
      render: (_, { plate, at }) => (
        <div className="trucks-card">
          <b>{plate}</b>
          {at === null ? null : <span>{formatInstant(at, timezone)}</span>}
        </div>
      ),
    },
    {
      title: t("objects.importPage.problems"),
      render: (_, { problems }) => (
        <ul className="trucks-problems">
          {problems.map(({ field, code, fieldTitle, text, value }) => (
            <li key={`${field}${code}`}>
              <b>{pick(fieldTitle)}</b> {pick(text)} {value === "" ? null : <code>{value}</code>}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Table
      size="small"
      rowKey="row"
      columns={columns}
      dataSource={rows}
      scroll={{ x: 620 }}
      pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
    />
  );
}
