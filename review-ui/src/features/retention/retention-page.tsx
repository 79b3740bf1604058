import type { RetentionView } from "@mingcha/models/http";
import { useRetention } from "../../api/retention.ts";
import { ErrorPanel, Page, Waiting } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useText } from "../../lib/use-text.ts";
import { CertificatesPanel } from "./certificates-panel.tsx";
import { DiskNote } from "./disk-note.tsx";
import { DuePanel } from "./due-panel.tsx";
import { FailedPanel } from "./failed-panel.tsx";
import { HeldPanel } from "./held-panel.tsx";
import { HoldsPanel } from "./holds-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import "./retention.css";

/** What is kept and why, what is due, what was deleted: terms delete, nobody does. */
export function RetentionPage() {
  const { t } = useText();
  const retention = useRetention();
  return (
    <Page title={t("retention.title")}>
      <p className="retention-intro">{t("retention.intro")}</p>
      {retention.isError ? <ErrorPanel error={retention.error} onRetry={() => void retention.refetch()} /> : null}
      {retention.isPending ? <Waiting /> : null}
      {retention.data ? <Panels data={retention.data} /> : null}
    </Page>
  );
}

function Panels({ data }: { data: RetentionView }) {
  return (
    <>
      <Figures data={data} />
      <DiskNote disk={data.disk} />
      <div className="retention-columns">
        <div>
          <HoldsPanel holds={data.legalHolds} mayHold={data.mayHold} />
          {data.failed.total > 0 ? <FailedPanel failed={data.failed} mayDecide={data.mayHold} /> : null}
          <HeldPanel held={data.held} />
        </div>
        <div>
          <DuePanel due={data.due} dueNow={data.held.dueNow} />
          <RulesPanel classes={data.classes} />
        </div>
      </div>
      <CertificatesPanel total={data.deleted.total} waiting={data.deleted.bytesWaiting} />
    </>
  );
}

function Figures({ data: { kept, due, held, deleted } }: { data: RetentionView }) {
  const { t } = useText();
  const ahead = due.reduce((sum, day) => ({ items: sum.items + day.items, bytes: sum.bytes + day.bytes }), {
    items: 0,
    bytes: 0,
  });
  return (
    <ul className="retention-figures">
      <Figure label={t("retention.keptClips")} amount={kept.clips} />
      <Figure label={t("retention.keptPictures")} amount={kept.pictures} />
      <Figure label={t("retention.due7")} amount={ahead} />
      <Figure label={t("retention.held")} amount={held.total} />
      <Figure label={t("retention.deleted30")} amount={deleted.last30Days} />
    </ul>
  );
}

function Figure({ label, amount }: { label: string; amount: { items: number; bytes: number } }) {
  return (
    <li>
      <b>{amount.items.toLocaleString("en-US")}</b>
      <span>
        {label} <small>{formatBytes(amount.bytes)}</small>
      </span>
    </li>
  );
}
