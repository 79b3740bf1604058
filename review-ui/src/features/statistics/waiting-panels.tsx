import type { StatisticsView } from "@mingcha/models/http";
import { figures } from "@mingcha/models/statistics";
import { useText } from "../../lib/use-text.ts";
import { FigurePanel, FigureTable } from "./figure-panel.tsx";

/** What waits now, and since when. */
export function QueuesPanel({ queues }: { queues: StatisticsView["queues"] }) {
  const { t, pick, duration } = useText();
  const age = (seconds: number | null) => (seconds === null ? "—" : duration(seconds));
  return (
    <FigurePanel figure="queues">
      <FigureTable
        label={pick(figures.queues.title)}
        head={[
          t("statistics.queue"),
          t("statistics.open"),
          t("statistics.overdue"),
          t("statistics.oldest"),
          t("statistics.median"),
          t("statistics.p95"),
        ]}
        rows={queues.map(({ state, title, open, overdue, oldestS, p50S, p95S }) => ({
          key: state,
          cells: [
            pick(title),
            String(open),
            overdue > 0 ? (
              <b key="overdue" className="figure-warn">
                {overdue}
              </b>
            ) : (
              "0"
            ),
            age(oldestS),
            age(p50S),
            age(p95S),
          ],
        }))}
      />
    </FigurePanel>
  );
}

/** How long clues of the period waited for their reviews. */
export function WaitsPanel({ waits }: { waits: StatisticsView["waits"] }) {
  const { t, pick, duration } = useText();
  const time = (seconds: number | null, atLeast: boolean) =>
    seconds === null ? "—" : atLeast ? t("statistics.atLeast", { time: duration(seconds) }) : duration(seconds);
  return (
    <FigurePanel figure="waits">
      <FigureTable
        label={pick(figures.waits.title)}
        head={[
          t("statistics.step"),
          t("statistics.reviewed"),
          t("statistics.waiting"),
          t("statistics.median"),
          t("statistics.p95"),
        ]}
        rows={waits.map(({ step, reviewed, waiting, p50S, p50AtLeast, p95S, p95AtLeast }) => ({
          key: step,
          cells: [
            t(`statistics.stepName.${step}`),
            String(reviewed),
            String(waiting),
            time(p50S, p50AtLeast),
            time(p95S, p95AtLeast),
          ],
        }))}
      />
    </FigurePanel>
  );
}
