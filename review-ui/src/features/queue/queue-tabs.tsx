import { countOf, type QueueTab, type QueueTabId, queueTabs } from "../../lib/queue-filter.ts";
import { useText } from "../../lib/use-text.ts";

interface QueueTabsProps {
  readonly current: QueueTabId;
  readonly counts: Readonly<Record<string, number>>;
  readonly onChange: (tab: QueueTab) => void;
}

/** The server counts to a thousand; more tells nobody anything. */
const countText = (count: number): string => (count >= 1000 ? "999+" : String(count));

/** One tab per step of the procedure, with the number of records that stand there. */
export function QueueTabs({ current, counts, onChange }: QueueTabsProps) {
  const { t } = useText();
  return (
    <div className="queue-tabs" role="tablist" aria-label={t("queue.steps")}>
      {queueTabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === current}
          className={`queue-tab ${tab.id === current ? "queue-tab-current" : ""}`}
          onClick={() => onChange(tab)}
        >
          {t(`queue.tab.${tab.id}`)}
          <span className="queue-count">{countText(countOf(tab, counts))}</span>
        </button>
      ))}
    </div>
  );
}
