import type { DrawsView } from "@mingcha/models/http";
import { DatePicker, Table, type TableColumnsType } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { Link } from "react-router";
import { useDraws } from "../../api/second-looks.ts";
import { Badge } from "../../components/badges.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Fact, Facts, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

type Draw = DrawsView["draws"][number];

/** What an auditor needs to compute every draw of a day again with a program of their own. */
export function DrawsPanel() {
  const { t } = useText();
  const [day, setDay] = useState(() => dayjs().subtract(1, "day").format("YYYY-MM-DD"));
  const draws = useDraws(day);
  const columns = useColumns();
  return (
    <Panel
      title={t("secondLooks.draws")}
      extra={
        <DatePicker
          size="small"
          allowClear={false}
          aria-label={t("secondLooks.drawsDay")}
          value={dayjs(day)}
          onChange={(value) => value && setDay(value.format("YYYY-MM-DD"))}
        />
      }
    >
      {draws.isError ? <ErrorPanel error={draws.error} onRetry={() => void draws.refetch()} /> : null}
      <Facts>
        <Fact label={t("secondLooks.formula")}>
          <code className="second-code">{draws.data?.formula}</code>
        </Fact>
        <Fact label={t("secondLooks.keyHash")}>
          {draws.data?.keySha256 ? <Copyable hash value={draws.data.keySha256} /> : t("secondLooks.noDraws")}
        </Fact>
        {draws.data?.keySha256 ? (
          <Fact label={t("secondLooks.key")}>
            {draws.data.keyHex ? <Copyable hash value={draws.data.keyHex} /> : t("secondLooks.keyLater")}
          </Fact>
        ) : null}
      </Facts>
      {draws.data && draws.data.draws.length > 0 ? (
        <Table
          size="small"
          rowKey={(draw) => `${draw.clueId}${draw.kind}${draw.round}`}
          columns={columns}
          dataSource={draws.data.draws}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          scroll={{ x: 360 }}
        />
      ) : null}
    </Panel>
  );
}

function useColumns(): TableColumnsType<Draw> {
  const { t } = useText();
  return [
    {
      title: t("secondLooks.record"),
      render: (_, draw) => <Link to={`/clues/${draw.clueId}`}>{draw.clueId.slice(0, 8)}</Link>,
    },
    { title: t("secondLooks.decision"), render: (_, draw) => t(`secondLooks.kind.${draw.kind}`) },
    { title: t("secondLooks.value"), render: (_, draw) => `${draw.value.toFixed(4)} / ${draw.rate}` },
    {
      title: t("secondLooks.drawn"),
      render: (_, draw) => (
        <>
          {draw.drawn ? <Badge tone="info">{t("answer.yes")}</Badge> : t("answer.no")}{" "}
          {draw.agrees ? null : <Badge tone="bad">{t("secondLooks.wrongDraw")}</Badge>}
        </>
      ),
    },
  ];
}
