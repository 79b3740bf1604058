import { type FieldState, fieldStateCodes, fieldStates } from "@mingcha/models/field";
import { Button, DatePicker, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useFieldRecordings } from "../../api/field.ts";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { usePageKeys } from "../../lib/keyboard.ts";
import { useText } from "../../lib/use-text.ts";
import { RecordingList } from "./recording-list.tsx";
import { RecordingView } from "./recording-view.tsx";
import "./field.css";

/** Recordings of body cameras, patrol cars and gates: which wait, which are linked, which belong to nothing; one of them in hand. */
export function FieldPage() {
  const { t, pick } = useText();
  const [search, setSearch] = useSearchParams();
  const state = fieldStateCodes.find((code) => code === search.get("state")) ?? "PROPOSED";
  const filter = {
    state,
    sourceId: search.get("device") ?? undefined,
    officerId: search.get("officer") ?? undefined,
    day: search.get("day") ?? undefined,
  };
  const recordings = useFieldRecordings(filter);
  const items = recordings.data?.pages.flatMap((page) => page.items) ?? [];
  const [first] = recordings.data?.pages ?? [];
  const asked = search.get("clip");
  // what was decided leaves the list; it stays in hand until another is chosen
  const [next, setNext] = useState<string | null>(null);
  const chosen = asked ?? next ?? items[0]?.clipId ?? null;
  const go = (change: Record<string, string | null | undefined>) => {
    const after = new URLSearchParams(search);
    for (const [key, value] of Object.entries(change)) {
      if (value == null) after.delete(key);
      else after.set(key, value);
    }
    setSearch(after, { replace: true });
  };
  const step = (by: 1 | -1): boolean => {
    const at = items.findIndex(({ clipId }) => clipId === chosen);
    const to = items[at < 0 ? 0 : at + by];
    if (to === undefined) return false;
    go({ clip: to.clipId });
    return true;
  };
  usePageKeys(({ key }) => (key === "j" ? step(1) : key === "k" ? step(-1) : false));
  return (
    <Page
      title={t("field.title")}
      extra={
        <>
          <span className="field-keys">{t("field.keys")}</span>{" "}
          <Link to="/field-recordings/runs">{t("field.runs")}</Link>
        </>
      }
    >
      <p className="field-hint">{t("field.hint")}</p>
      <div className="field-filters">
        <Segmented<FieldState>
          aria-label={t("field.state")}
          value={state}
          onChange={(value) => {
            setNext(null);
            go({ state: value === "PROPOSED" ? null : value, clip: null });
          }}
          options={fieldStateCodes.map((code) => ({
            value: code,
            label: `${pick(fieldStates[code])} ${code === "FREE" ? "" : (first?.counts[code] ?? "")}`,
          }))}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          className="field-select"
          aria-label={t("field.device")}
          placeholder={t("field.anyDevice")}
          value={filter.sourceId ?? null}
          onChange={(value) => go({ device: value, clip: null })}
          options={(first?.devices ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          className="field-select"
          aria-label={t("field.officer")}
          placeholder={t("field.anyOfficer")}
          value={filter.officerId ?? null}
          onChange={(value) => go({ officer: value, clip: null })}
          options={(first?.officers ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <DatePicker
          aria-label={t("field.day")}
          placeholder={t("field.day")}
          value={filter.day === undefined ? null : dayjs(filter.day)}
          onChange={(value) => go({ day: value?.format("YYYY-MM-DD"), clip: null })}
        />
      </div>
      {recordings.isError ? <ErrorPanel error={recordings.error} onRetry={() => void recordings.refetch()} /> : null}
      {recordings.isPending ? <Waiting /> : null}
      {recordings.isSuccess && items.length === 0 && chosen === null ? <Nothing>{t("field.none")}</Nothing> : null}
      <div className={asked === null ? "field" : "field field-open"}>
        {items.length === 0 && chosen === null ? null : (
          <nav className="field-list" aria-label={t("field.list")}>
            <RecordingList items={items} chosen={chosen} onChoose={(clipId) => go({ clip: clipId })} />
            {recordings.hasNextPage ? (
              <Button block loading={recordings.isFetchingNextPage} onClick={() => void recordings.fetchNextPage()}>
                {t("action.more")}
              </Button>
            ) : null}
          </nav>
        )}
        {chosen === null ? null : (
          <div className="field-hand">
            <Button className="field-back" onClick={() => go({ clip: null })}>
              {t("field.back")}
            </Button>
            <RecordingView
              key={chosen}
              clipId={chosen}
              onDecided={() => {
                const at = items.findIndex(({ clipId }) => clipId === chosen);
                const following = items[at + 1] ?? items[at - 1];
                setNext(following?.clipId ?? null);
                go({ clip: following?.clipId });
              }}
            />
          </div>
        )}
      </div>
    </Page>
  );
}
