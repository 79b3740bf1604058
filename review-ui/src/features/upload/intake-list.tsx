import type { IntakeItem } from "@mingcha/models/http";
import { Button, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { Link } from "react-router";
import { useIntake } from "../../api/records.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";

const queueReaders = ["monitor", "technical_reviewer", "legal_reviewer", "handler", "head", "auditor"] as const;
const tones: Record<IntakeItem["state"], BadgeTone> = {
  RECEIVING: "info",
  WAITING: "info",
  STORED: "good",
  DUPLICATE: "plain",
  QUARANTINED: "bad",
};

/** Every file that reached us, with the reason where it was refused: nothing is dropped in silence. */
export function IntakeList() {
  const { t } = useText();
  const intake = useIntake();
  const columns = useColumns();
  const narrow = useNarrow();
  const items = intake.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel className="panel-flush" title={t("upload.intake")} extra={t("upload.intakeHint")}>
      {intake.isError ? <ErrorPanel error={intake.error} onRetry={() => void intake.refetch()} /> : null}
      <Table
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={items}
        pagination={false}
        loading={intake.isPending}
        scroll={{ x: narrow ? 320 : 900 }}
        locale={{ emptyText: t("upload.intakeEmpty") }}
      />
      {intake.hasNextPage ? (
        <div className="upload-more">
          <Button size="small" loading={intake.isFetchingNextPage} onClick={() => void intake.fetchNextPage()}>
            {t("action.more")}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

/** A desk shows a column per fact; a phone stacks them under the file's name. */
function useColumns(): TableColumnsType<IntakeItem> {
  const { t } = useText();
  const narrow = useNarrow();
  const file = {
    title: t("upload.file"),
    render: (_: unknown, item: IntakeItem) => (
      <span className="intake-name">
        {item.fileName} {item.flightId ? <Badge tone="info">{t("upload.droneFlight")}</Badge> : null}
        {narrow ? (
          <span className="intake-stack">
            <IntakeState item={item} /> {formatBytes(item.sizeBytes)} <IntakeReason item={item} />
          </span>
        ) : null}
      </span>
    ),
  };
  const flags = {
    title: t("upload.flags"),
    width: 90,
    align: "right" as const,
    render: (_: unknown, item: IntakeItem) => <IntakeFlags item={item} />,
  };
  if (narrow) return [file, flags];
  return [
    file,
    { title: t("upload.size"), dataIndex: "sizeBytes", width: 96, align: "right", render: formatBytes },
    { title: t("upload.source"), dataIndex: "sourceId", width: 150, render: (id: string | null) => id ?? "—" },
    {
      title: t("upload.received"),
      dataIndex: "createdAt",
      width: 160,
      render: (at: string) => dayjs(at).format("YYYY-MM-DD HH:mm:ss"),
    },
    { title: t("upload.stateTitle"), width: 170, render: (_, item) => <IntakeState item={item} /> },
    { title: t("upload.reason"), render: (_, item) => <IntakeReason item={item} /> },
    flags,
  ];
}

function IntakeState({ item }: { item: IntakeItem }) {
  const { t } = useText();
  return (
    <>
      <Badge tone={tones[item.state]}>{t(`upload.intakeState.${item.state}`)}</Badge>{" "}
      {item.state === "STORED" && item.clipState ? (
        <span className="upload-clip-state">{t(`upload.clipState.${item.clipState}`)}</span>
      ) : null}
    </>
  );
}

function IntakeReason({ item }: { item: IntakeItem }) {
  const { pick } = useText();
  if (!item.reasonZh && !item.reasonEn) return null;
  const refused = item.state === "QUARANTINED" || item.clipState === "QUARANTINED";
  return (
    <span className={refused ? "upload-error" : "upload-reason"}>
      {pick({ zh: item.reasonZh ?? "", en: item.reasonEn ?? "" })}
    </span>
  );
}

/** The number of flags, as a link for those who may see them. */
function IntakeFlags({ item }: { item: IntakeItem }) {
  const { t } = useText();
  const person = usePerson();
  if (item.flags === 0 || item.sourceId === null || !holdsAny(person, queueReaders)) return item.flags;
  return (
    <Link to={`/?source=${encodeURIComponent(item.sourceId)}`}>{t("upload.seeFlags", { total: item.flags })}</Link>
  );
}
