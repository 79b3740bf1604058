import type { HeldClipView, RetentionView } from "@mingcha/models/http";
import { holdKinds, retentionClasses } from "@mingcha/models/retention";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { Badge } from "../../components/badges.tsx";
import { Nothing, Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

/** Recordings past the shortest term that are still there: how many by reason, and the oldest of them. */
export function HeldPanel({ held }: { held: RetentionView["held"] }) {
  const { t, pick } = useText();
  const { total, kinds, longer, oldest, more } = held;
  const columns = useColumns();
  return (
    <Panel
      title={t("retention.why.title")}
      extra={t("retention.why.hint", { total: total.items, size: formatBytes(total.bytes) })}
      className={total.items === 0 ? "" : "panel-flush"}
    >
      {total.items === 0 ? (
        <Nothing>{t("retention.why.none")}</Nothing>
      ) : (
        <>
          <ul className="retention-kinds">
            {kinds.map(({ kind, items, bytes }) => (
              <li key={kind}>
                <Badge tone="info">{pick(holdKinds[kind])}</Badge>{" "}
                {t("retention.due.row", { total: items, size: formatBytes(bytes) })}
              </li>
            ))}
            {longer.items > 0 ? (
              <li>
                <Badge>{t("retention.why.longer")}</Badge>{" "}
                {t("retention.due.row", { total: longer.items, size: formatBytes(longer.bytes) })}
              </li>
            ) : null}
          </ul>
          <Table
            size="small"
            rowKey="clipId"
            columns={columns}
            dataSource={oldest}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
          />
          {more || oldest.length < total.items ? (
            <p className="retention-more">{t("retention.why.more", { total: oldest.length })}</p>
          ) : null}
        </>
      )}
    </Panel>
  );
}

function useColumns(): TableColumnsType<HeldClipView> {
  const { t, pick } = useText();
  const { duties } = usePerson();
  // the administrator browses no records
  const mayRead = duties.some((duty) => duty === "head" || duty === "auditor");
  const narrow = useNarrow();
  const columns: TableColumnsType<HeldClipView> = [
    {
      title: t("retention.why.source"),
      width: 150,
      render: (_, item) => (
        <>
          {item.sourceName}
          {narrow ? (
            <div className="retention-small">
              {formatInstant(item.startedAt, item.timezone)} · {formatBytes(item.sizeBytes)}
            </div>
          ) : null}
        </>
      ),
    },
    {
      title: t("retention.why.captured"),
      width: 160,
      render: (_, item) => formatInstant(item.startedAt, item.timezone),
    },
    {
      title: t("retention.why.kind"),
      render: (_, item) =>
        item.heldBy.length === 0 ? (
          <Badge>{pick(retentionClasses[item.because])}</Badge>
        ) : (
          <span className="retention-reasons">
            {item.heldBy.map(({ kind, clueId }) => (
              <span key={`${kind}-${clueId ?? ""}`}>
                <Badge tone="info">{pick(holdKinds[kind])}</Badge>{" "}
                {clueId !== null && mayRead ? <Link to={`/clues/${clueId}`}>{t("retention.why.record")}</Link> : null}
              </span>
            ))}
          </span>
        ),
    },
    {
      title: t("retention.why.until"),
      width: 160,
      render: (_, item) =>
        item.keepUntil === null
          ? t("retention.why.unlimited")
          : formatInstant(item.keepUntil, item.timezone).slice(0, 10),
    },
    { title: t("retention.why.size"), width: 100, align: "right", render: (_, item) => formatBytes(item.sizeBytes) },
  ];
  // a phone shows what and why
  return narrow ? columns.filter((_, index) => index === 0 || index === 2) : columns;
}
