import { DownloadOutlined, FileTextOutlined } from "@ant-design/icons";
import type { TruckFiles, TruckRegister } from "@mingcha/models/http";
import { type Coordinates, type ObservationKind, observationKindCodes, observationKinds } from "@mingcha/models/trips";
import { Alert, Button, Radio, Select, Table, type TableColumnsType } from "antd";
import { useRef, useState } from "react";
import { truckTemplateUrl, useImportTruckFile, usePreviewTruckFile, useTruckFiles } from "../../api/trucks.ts";
import { Badge } from "../../components/badges.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Panel, Waiting } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { TruckPreview } from "./truck-preview.tsx";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

/** A file of observations is chosen, shown with what is wrong, and only then imported; below it everything that was imported. */
export function ImportsTab({ register }: { register: TruckRegister | undefined }) {
  const { t } = useText();
  const files = useTruckFiles();
  const timezone = register?.timezone ?? bureauTimezone;
  return (
    <>
      {register?.mayImport === true ? <ImportPanel timezone={timezone} /> : null}
      {register?.mayImport === false ? <p className="trucks-hint">{t("trucks.imports.notYours")}</p> : null}
      <Panel title={t("trucks.imports.files")} extra={t("trucks.imports.filesHint")}>
        {files.isError ? <ErrorPanel error={files.error} onRetry={() => void files.refetch()} /> : null}
        <FileTable
          items={files.data?.items ?? []}
          loading={files.isPending}
          timezone={timezone}
          mayWithdraw={register?.mayImport === true}
        />
      </Panel>
    </>
  );
}

function ImportPanel({ timezone }: { timezone: string }) {
  const { t, pick, chinese } = useText();
  const [kind, setKind] = useState<ObservationKind>("gate_pass");
  const [coordinates, setCoordinates] = useState<Coordinates>("wgs84");
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const preview = usePreviewTruckFile();
  const run = useImportTruckFile();
  const look = (chosen: File, of: { kind: ObservationKind; coordinates: Coordinates }) => {
    run.reset();
    preview.mutate({ ...of, file: chosen });
  };
  const restart = () => {
    setFile(null);
    preview.reset();
    run.reset();
  };
  const hasPlaces = kind === "track" || kind === "gantry_pass";
  return (
    <Panel title={t("trucks.imports.title")}>
      <p className="trucks-hint">{t("trucks.imports.hint", { timezone })}</p>
      <div className="trucks-filters">
        <Select<ObservationKind>
          className="trucks-kind"
          aria-label={t("trucks.imports.kind")}
          value={kind}
          onChange={(next) => {
            setKind(next);
            restart();
          }}
          options={observationKindCodes.map((code) => ({ value: code, label: pick(observationKinds[code]) }))}
        />
        {hasPlaces ? (
          <Radio.Group
            aria-label={t("trucks.imports.coordinates")}
            value={coordinates}
            onChange={(event) => {
              setCoordinates(event.target.value as Coordinates);
              restart();
            }}
            options={[
              { value: "wgs84", label: "WGS-84" },
              { value: "gcj02", label: "GCJ-02" },
            ]}
          />
        ) : null}
        <Button
          type={file === null ? "primary" : "default"}
          icon={<FileTextOutlined />}
          onClick={() => input.current?.click()}
        >
          {t(file === null ? "trucks.imports.choose" : "trucks.imports.chooseAnother")}
        </Button>
        <a href={truckTemplateUrl(kind, chinese ? "zh" : "en")} download>
          <DownloadOutlined /> {t("objects.template")}
        </a>
      </div>
      {kind === "track" ? <p className="trucks-hint">{t("trucks.imports.trackHint")}</p> : null}
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv,.txt,.hex,.log"
        aria-label={t("trucks.imports.choose")}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) {
            setFile(chosen);
            look(chosen, { kind, coordinates });
          }
          event.target.value = "";
        }}
      />
      {preview.isPending ? <Waiting /> : null}
      {preview.isError ? (
        <ErrorPanel error={preview.error} onRetry={() => file && look(file, { kind, coordinates })} />
      ) : null}
      {run.isError ? <ErrorPanel error={run.error} onRetry={() => file && look(file, { kind, coordinates })} /> : null}
      {run.data === undefined ? null : <Alert type="success" showIcon title={t("trucks.imports.done", run.data)} />}
      {preview.data !== undefined && file !== null && run.data === undefined ? (
        <TruckPreview
          key={preview.data.plan}
          preview={preview.data}
          fileName={file.name}
          timezone={timezone}
          running={run.isPending}
          onRun={() => run.mutate({ kind, coordinates, file, preview: preview.data })}
        />
      ) : null}
    </Panel>
  );
}

type FileItem = TruckFiles["items"][number];

interface FileTableProps {
  readonly items: FileItem[];
  readonly loading: boolean;
  readonly timezone: string;
  readonly mayWithdraw: boolean;
}

function FileTable({ items, loading, timezone, mayWithdraw }: FileTableProps) {
  const { t, pick } = useText();
  const narrow = useNarrow();
  const counts = ({ rowsNew, rowsSame, rowsWrong }: FileItem) =>
    t("trucks.imports.counts", { create: rowsNew, same: rowsSame, error: rowsWrong });
  const who = ({ importedBy, importedAt }: FileItem) =>
    `${importedBy ?? t("objects.demo")}, ${formatInstant(importedAt, timezone).slice(0, 16)}`;
  const hash = ({ sha256 }: FileItem) => <Copyable value={sha256} />;
  const standing = (file: FileItem) => <Standing file={file} timezone={timezone} mayWithdraw={mayWithdraw} />;
  const columns: TableColumnsType<FileItem> = narrow
    ? [
        {
          title: t("trucks.imports.file"),
          render: (_, file) => (
            <div className="trucks-card">
              <b>{file.name}</b>
              <span>{pick(observationKinds[file.kind])}</span>
              <span>{counts(file)}</span>
              <small>{who(file)}</small>
              <small className="trucks-hash">{hash(file)}</small>
              {standing(file)}
            </div>
          ),
        },
      ]
    : [
        {
          title: t("trucks.imports.file"),
          render: (_, file) => (
            <div className="trucks-card">
              {file.name}
              {standing(file)}
            </div>
          ),
        },
        { title: t("trucks.imports.kind"), width: 190, render: (_, { kind }) => pick(observationKinds[kind]) },
        { title: t("trucks.imports.rows"), width: 260, render: (_, file) => counts(file) },
        { title: t("trucks.imports.by"), width: 260, render: (_, file) => who(file) },
        { title: "SHA-256", width: 260, render: (_, file) => <span className="trucks-hash">{hash(file)}</span> },
      ];
  return (
    <Table
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={items}
      loading={loading}
      scroll={{ x: narrow ? 300 : 1150 }}
      pagination={items.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      locale={{ emptyText: t("trucks.imports.none") }}
    />
  );
}

function Standing({ file, timezone, mayWithdraw }: { file: FileItem; timezone: string; mayWithdraw: boolean }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const { withdrawn } = file;
  if (withdrawn !== null)
    return (
      <span>
        <Badge tone="warn">{t("trucks.imports.withdrawn")}</Badge>{" "}
        <small>
          {withdrawn.by}, {formatInstant(withdrawn.at, timezone).slice(0, 16)}: {withdrawn.reason}
        </small>
      </span>
    );
  if (!mayWithdraw) return null;
  return (
    <span>
      <Button
        size="small"
        type="link"
        className="trucks-withdraw"
        aria-label={`${t("trucks.imports.withdraw")}: ${file.name}`}
        onClick={() => setAsking(true)}
      >
        {t("trucks.imports.withdraw")}
      </Button>
      {asking ? <WithdrawDialog file={file} onClose={() => setAsking(false)} /> : null}
    </span>
  );
}
