import { DownloadOutlined, PlusOutlined, UploadOutlined } from "@ant-design/icons";
import { type ObjectKind, objectKindCodes, objectKinds } from "@mingcha/models/objects";
import { Button, Dropdown, Input, Segmented, Tabs } from "antd";
import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { sheetUrl, useObjects } from "../../api/objects.ts";
import { ErrorPanel, Page } from "../../components/page.tsx";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { ObjectForm } from "./object-form.tsx";
import { ObjectTable } from "./object-table.tsx";
import "./objects.css";

const kindOf = (text: string | null): ObjectKind => objectKindCodes.find((kind) => kind === text) ?? "shop";

/** The register: shops, vehicles and permitted places, searched, with import and export for those who keep it. */
export function ObjectsPage() {
  const { t, pick, chinese } = useText();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const [isNew, setIsNew] = useState(false);
  const kind = kindOf(search.get("kind"));
  const q = search.get("q") ?? "";
  const state = search.get("state") === "closed" ? ("closed" as const) : ("open" as const);
  const objects = useObjects({ kind, q, state });
  const go = (change: Record<string, string>) => {
    const next = new URLSearchParams({ kind, q, state, ...change });
    if (next.get("q") === "") next.delete("q");
    if (next.get("state") === "open") next.delete("state");
    setSearch(next, { replace: true });
  };
  const [first] = objects.data?.pages ?? [];
  const countText = (of: ObjectKind): string => {
    const count = first?.counts[of] ?? 0;
    return count >= 1000 ? "1000+" : String(count);
  };
  // more tabs than a phone has room for would be folded away; a row of them is pushed along
  const narrow = useNarrow();
  const kinds = objectKindCodes.map((code) => ({ code, label: `${pick(objectKinds[code])} ${countText(code)}` }));
  const language = chinese ? "zh" : "en";
  return (
    <Page
      title={t("objects.title")}
      extra={
        first?.mayWrite === true ? (
          <>
            <Dropdown
              menu={{
                items: (["xlsx", "csv"] as const).map((format) => ({
                  key: format,
                  label: (
                    <a href={sheetUrl("export", kind, format, language)} download>
                      {t(format === "xlsx" ? "objects.asXlsx" : "objects.asCsv")}
                    </a>
                  ),
                })),
              }}
            >
              <Button icon={<DownloadOutlined />}>{t("objects.export")}</Button>
            </Dropdown>
            <Link className="objects-button" to={`/objects/import?kind=${kind}`}>
              <UploadOutlined /> {t("objects.import")}
            </Link>
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setIsNew(true)}>
              {t("objects.new")}
            </Button>
          </>
        ) : null
      }
    >
      {narrow ? (
        <div className="objects-filters">
          <Segmented
            aria-label={t("objects.title")}
            value={kind}
            onChange={(code) => go({ kind: code, q: "" })}
            options={kinds.map(({ code, label }) => ({ value: code, label }))}
          />
        </div>
      ) : (
        <Tabs
          activeKey={kind}
          onChange={(key) => go({ kind: key, q: "" })}
          items={kinds.map(({ code, label }) => ({ key: code, label }))}
        />
      )}
      <div className="objects-filters">
        <SearchField key={kind} value={q} onSearch={(text) => go({ q: text })} />
        <Segmented
          value={state}
          onChange={(value) => go({ state: value })}
          options={(["open", "closed"] as const).map((value) => ({ value, label: t(`objects.state.${value}`) }))}
        />
      </div>
      {objects.isError ? <ErrorPanel error={objects.error} onRetry={() => void objects.refetch()} /> : null}
      <ObjectTable
        kind={kind}
        items={objects.data?.pages.flatMap((page) => page.items) ?? []}
        loading={objects.isPending}
      />
      {objects.hasNextPage ? (
        <div className="objects-more">
          <Button loading={objects.isFetchingNextPage} onClick={() => void objects.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
      {isNew ? (
        <ObjectForm kind={kind} onClose={() => setIsNew(false)} onSaved={(id) => void navigate(`/objects/${id}`)} />
      ) : null}
    </Page>
  );
}

/** Searches when the person pauses, never in the middle of a composed syllable. */
function SearchField({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useText();
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing || text.trim() === value) return;
    const timer = window.setTimeout(() => onSearch(text.trim()), 300);
    return () => window.clearTimeout(timer);
  });
  return (
    <Input
      className="objects-search"
      allowClear
      maxLength={100}
      placeholder={t("objects.search")}
      aria-label={t("objects.search")}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
