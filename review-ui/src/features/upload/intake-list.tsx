import type { IntakeItem } from "@mingcha/models/http";
import { Button, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { Link } from "react-router";
import { useIntake } from "../../api/records.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatBytes } from "../../lib/format-quantity.ts";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";

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
        scroll={{ x: 900 }}
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

function useColumns(): TableColumnsType<IntakeItem> {
  const { t, pick } = useText();
  const person = usePerson();
  const maySeeFlags = holdsAny(person, [
    "monitor",
    "technical_reviewer",
    "legal_reviewer",
    "handler",
    "head",
    "auditor",
  ]);
  return [
    {
      title: t("upload.file"),
      dataIndex: "fileName",
      render: (name: string, item) => <IntakeName name={name} item={item} />,
    },
    { title: t("upload.size"), dataIndex: "sizeBytes", width: 96, align: "right", render: formatBytes },
    { title: t("upload.source"), dataIndex: "sourceId", width: 150, render: (id: string | null) => id ?? "—" },
    {
      title: t("upload.received"),
      dataIndex: "createdAt",
      width: 152,
      render: (at: string) => dayjs(at).format("YYYY-MM-DD HH:mm:ss"),
    },
    {
      title: t("upload.stateTitle"),
      width: 170,
      render: (_, item) => (
        <>
          <Badge tone={tones[item.state]}>{t(`upload.intakeState.${item.state}`)}</Badge>{" "}
          {item.state === "STORED" && item.clipState ? (
            <span className="upload-clip-state">{t(`upload.clipState.${item.clipState}`)}</span>
          ) : null}
        </>
      ),
    },
    {
      title: t("upload.reason"),
      render: (_, item) =>
        item.reasonZh || item.reasonEn ? (
          <span className="upload-error">{pick({ zh: item.reasonZh ?? "", en: item.reasonEn ?? "" })}</span>
        ) : null,
    },
    {
      title: t("upload.flags"),
      width: 90,
      align: "right",
      render: (_, item) =>
        item.flags > 0 && item.sourceId && maySeeFlags ? (
          <Link to={`/?tab=prescreen&source=${encodeURIComponent(item.sourceId)}`}>
            {t("upload.seeFlags", { total: item.flags })}
          </Link>
        ) : (
          item.flags
        ),
    },
  ];
}

function IntakeName({ name, item }: { name: string; item: IntakeItem }) {
  const { t } = useText();
  return (
    <span className="intake-name">
      {name} {item.flightId ? <Badge tone="info">{t("upload.droneFlight")}</Badge> : null}
    </span>
  );
}
