import { violations } from "@mingcha/models/violations";
import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useSources } from "../../api/records.ts";
import type { QueueFilter } from "../../lib/queue-filter.ts";
import { useText } from "../../lib/use-text.ts";

interface QueueFiltersProps {
  readonly filter: QueueFilter;
  readonly onChange: (filter: QueueFilter) => void;
}

export function QueueFilters({ filter, onChange }: QueueFiltersProps) {
  const { t, pick } = useText();
  const sources = useSources();
  return (
    <div className="queue-filters">
      <Select
        className="queue-filter"
        allowClear
        placeholder={t("queue.allViolations")}
        aria-label={t("queue.violation")}
        value={filter.violation ?? null}
        options={violations.map((item) => ({ value: item.code, label: pick(item.title) }))}
        onChange={(value: string | null | undefined) => onChange({ ...filter, violation: value ?? undefined })}
      />
      <Select
        className="queue-filter"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        placeholder={t("queue.allSources")}
        aria-label={t("queue.source")}
        value={filter.sourceId ?? null}
        options={(sources.data?.items ?? []).map((item) => ({ value: item.id, label: item.name }))}
        onChange={(value: string | null | undefined) => onChange({ ...filter, sourceId: value ?? undefined })}
      />
      <PlaceSearch value={filter.q ?? ""} onSearch={(q) => onChange({ ...filter, q: q === "" ? undefined : q })} />
    </div>
  );
}

/** Searches when the person pauses, never in the middle of a composed syllable. */
function PlaceSearch({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const { t } = useText();
  const [text, setText] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => {
    if (composing || text.trim() === value) return;
    const timer = window.setTimeout(() => onSearch(text.trim()), 350);
    return () => window.clearTimeout(timer);
  });
  return (
    <Input
      className="queue-search"
      allowClear
      placeholder={t("queue.search")}
      aria-label={t("queue.search")}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
