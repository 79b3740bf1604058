import { DownloadOutlined, FileExcelOutlined } from "@ant-design/icons";
import { type ObjectKind, objectKindCodes, objectKinds } from "@mingcha/models/objects";
import { Button, Segmented } from "antd";
import { useRef, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { sheetUrl, useImportObjects, usePreviewImport } from "../../api/objects.ts";
import { ErrorPanel, Page, Panel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { ImportPreviewPanel } from "./import-preview.tsx";
import "./objects.css";

const kindOf = (text: string | null): ObjectKind => objectKindCodes.find((kind) => kind === text) ?? "shop";

/** A sheet is chosen, shown row by row with what is wrong, and only then imported. */
export function ImportPage() {
  const { t, pick, chinese } = useText();
  const [search, setSearch] = useSearchParams();
  const kind = kindOf(search.get("kind"));
  const [file, setFile] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const preview = usePreviewImport();
  const run = useImportObjects();
  const choose = (chosen: File) => {
    setFile(chosen);
    run.reset();
    preview.mutate({ kind, file: chosen });
  };
  const restart = (next: ObjectKind) => {
    setSearch({ kind: next }, { replace: true });
    setFile(null);
    preview.reset();
    run.reset();
  };
  const data = preview.data;
  return (
    <Page
      title={
        <span className="objects-heading">
          <Link to={`/objects?kind=${kind}`}>{t("objects.title")}</Link>
          <span aria-hidden="true">/</span>
          {t("objects.importPage.title", { kind: pick(objectKinds[kind]) })}
        </span>
      }
      extra={
        <Segmented
          value={kind}
          onChange={restart}
          options={objectKindCodes.map((code) => ({ value: code, label: pick(objectKinds[code]) }))}
        />
      }
    >
      <Panel title={t("objects.importPage.choose")}>
        <p className="objects-hint">{t("objects.importPage.hint")}</p>
        <div className="objects-import-start">
          <Button
            type={file === null ? "primary" : "default"}
            icon={<FileExcelOutlined />}
            onClick={() => input.current?.click()}
          >
            {t(file === null ? "objects.importPage.choose" : "objects.importPage.chooseAnother")}
          </Button>
          <a href={sheetUrl("template", kind, "xlsx", chinese ? "zh" : "en")} download>
            <DownloadOutlined /> {t("objects.template")}
          </a>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx,.csv,.txt"
          aria-label={t("objects.importPage.choose")}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) choose(chosen);
            event.target.value = "";
          }}
        />
      </Panel>
      {preview.isPending ? <Waiting /> : null}
      {preview.isError ? <ErrorPanel error={preview.error} onRetry={() => file && choose(file)} /> : null}
      {data !== undefined && file !== null && !preview.isPending ? (
        <ImportPreviewPanel
          key={data.plan}
          preview={data}
          fileName={file.name}
          run={run}
          onRun={() => run.mutate({ preview: data, file })}
          onAgain={() => choose(file)}
        />
      ) : null}
    </Page>
  );
}
