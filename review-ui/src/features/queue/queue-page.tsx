import type { ClueItem } from "@mingcha/models/http";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useClues } from "../../api/clues.ts";
import { DwellLegend } from "../../components/dwell-strip.tsx";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { type KeyPress, usePageKeys } from "../../lib/keyboard.ts";
import {
  clueFilterOf,
  firstFilledTab,
  type QueueFilter,
  readQueueFilter,
  writeQueueFilter,
} from "../../lib/queue-filter.ts";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";
import { QueueFilters } from "./queue-filters.tsx";
import { QueueRow } from "./queue-row.tsx";
import { QueueTabs } from "./queue-tabs.tsx";
import "./queue.css";

/** What waits for a decision, by due time and priority, refreshed by itself. */
export function QueuePage() {
  const { t } = useText();
  const person = usePerson();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const filter = readQueueFilter(search, person.duties);
  const own = holdsAny(person, ["technical_reviewer", "legal_reviewer", "handler"]);
  const clues = useClues(clueFilterOf(filter));
  const items = clues.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = clues.data?.pages[0]?.counts ?? {};
  const context = writeQueueFilter(filter);
  const change = (next: QueueFilter) => setSearch(writeQueueFilter(next), { replace: true });
  const open = (item: ClueItem) => void navigate(`/clues/${item.id}?${context}`);
  const [selectedId, setSelectedId] = useSelection(items, open);

  // Whoever only watches has no queue of their own: an empty first tab gives way to the first with something in it.
  const elsewhere = !own && !search.has("tab") && clues.isSuccess && items.length === 0 ? firstFilledTab(counts) : null;
  useEffect(() => {
    if (elsewhere !== null) setSearch(writeQueueFilter({ ...filter, tab: elsewhere }), { replace: true });
  });

  return (
    <Page title={t("queue.title")} extra={<DwellLegend />}>
      <QueueTabs current={filter.tab.id} counts={counts} onChange={(tab) => change({ ...filter, tab })} />
      <QueueFilters filter={filter} onChange={change} />
      {clues.isError ? <ErrorPanel error={clues.error} onRetry={() => void clues.refetch()} /> : null}
      {clues.isPending ? <Waiting /> : null}
      {clues.isSuccess && items.length === 0 ? (
        <Nothing>
          {filter.q || filter.violation || filter.sourceId ? t("queue.nothingFound") : t("queue.nothing")}
        </Nothing>
      ) : null}
      <ul className="queue-list" aria-label={t("queue.title")}>
        {items.map((item) => (
          <QueueRow
            key={item.id}
            item={item}
            href={`/clues/${item.id}?${context}`}
            showState={filter.tab.states.length > 1}
            selected={item.id === selectedId}
            onSelect={() => setSelectedId(item.id)}
          />
        ))}
      </ul>
      {clues.hasNextPage ? (
        <div className="queue-more">
          <Button loading={clues.isFetchingNextPage} onClick={() => void clues.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
      <p className="queue-keys">
        {filter.tab.order === "due" ? `${t("priority.order")} ` : ""}
        {t("queue.keys")}
      </p>
    </Page>
  );
}

/** j and k walk the list, Enter opens. The selection is an id, so that rows coming and going do not move it. */
function useSelection(items: readonly ClueItem[], open: (item: ClueItem) => void) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const at = items.findIndex((item) => item.id === selectedId);
  usePageKeys((press: KeyPress) => {
    if (press.key === "Enter") {
      const item = items[at];
      if (item) open(item);
      return item !== undefined;
    }
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[press.key];
    if (step === undefined) return false;
    const next = items[Math.min(items.length - 1, Math.max(0, at + step))];
    if (next) setSelectedId(next.id);
    return true;
  });
  useEffect(() => {
    if (selectedId !== null) document.getElementById(`clue-${selectedId}`)?.scrollIntoView({ block: "nearest" });
  }, [selectedId]);
  return [selectedId, setSelectedId] as const;
}
