import type { ObjectItem } from "@mingcha/models/http";
import { isMuckKind, type MuckKind, type ObjectKind, objectColumns } from "@mingcha/models/objects";
import { Table, type TableColumnsType } from "antd";
import { Link } from "react-router";
import { Badge } from "../../components/badges.tsx";
import { Matters, PermitHours } from "../../components/object-facts.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { registerTimezone } from "./timezone.ts";

interface ObjectTableProps {
  readonly kind: ObjectKind;
  readonly items: ObjectItem[];
  readonly loading: boolean;
}

/** Objects of one kind by name. */
export function ObjectTable({ kind, items, loading }: ObjectTableProps) {
  const { t } = useText();
  const narrow = useNarrow();
  const columns = useColumns(kind);
  return (
    <Table
      size="small"
      className="objects-table"
      rowKey="id"
      columns={columns}
      dataSource={items}
      pagination={false}
      loading={loading}
      scroll={{ x: narrow ? 320 : 980 }}
      locale={{ emptyText: t("objects.empty") }}
    />
  );
}

/** What tells one from another at a glance; the rest is on its own page. */
const muckColumns: Readonly<Record<MuckKind, readonly string[]>> = {
  site: ["place", "contractor", "gateSources"],
  tipping: ["place", "operatingUnit"],
  disposal: ["site", "tippingSites", "validFrom", "validTo", "from", "to", "quotaT"],
};

function useColumns(kind: ObjectKind): TableColumnsType<ObjectItem> {
  const { t, pick } = useText();
  const narrow = useNarrow();
  const titleOf = (field: string) =>
    pick(objectColumns[kind].find((column) => column.field === field)?.title ?? { zh: "", en: "" });
  const name = {
    title: titleOf(kind === "shop" ? "name" : kind === "vehicle" ? "plate" : "reference"),
    width: kind === "vehicle" ? 150 : 240,
    render: (_: unknown, item: ObjectItem) => <ObjectName item={item} />,
  };
  if (narrow) return [{ title: t("objects.title"), render: (_, item) => <ObjectCard item={item} /> }];
  const updated = {
    title: t("objects.updated"),
    width: 160,
    render: (_: unknown, item: ObjectItem) => formatInstant(item.updatedAt, registerTimezone).slice(0, 16),
  };
  const text = (field: "creditCode" | "operator" | "carrier" | "permitNo") => ({
    title: titleOf(field),
    render: (_: unknown, item: ObjectItem) => item.fact[field] ?? <span className="objects-none">—</span>,
  });
  const pledges = {
    title: t("objects.pledges"),
    width: 110,
    render: (_: unknown, { fact }: ObjectItem) =>
      fact.pledges.at(-1)?.signedOn ?? <span className="objects-none">—</span>,
  };
  const muckName = { ...name, title: titleOf(kind === "disposal" ? "reference" : "name") };
  const cell = (field: string) => ({
    title: titleOf(field),
    render: (_: unknown, { fact }: ObjectItem) => fact.cells[field] || <span className="objects-none">—</span>,
  });
  if (kind === "shop")
    return [
      name,
      { title: titleOf("place"), dataIndex: "place" },
      text("creditCode"),
      text("operator"),
      pledges,
      updated,
    ];
  if (isMuckKind(kind)) return [muckName, ...muckColumns[kind].map(cell), updated];
  if (kind === "vehicle") return [name, text("carrier"), text("permitNo"), pledges, updated];
  return [
    name,
    { title: titleOf("place"), dataIndex: "place" },
    { title: titleOf("violations"), render: (_, { fact }) => <Matters codes={fact.violations} /> },
    { title: t("objects.validity"), width: 200, render: (_, { fact }) => `${fact.validFrom} – ${fact.validTo}` },
    { title: t("objects.hours"), width: 180, render: (_, { fact }) => <PermitHours fact={fact} /> },
    updated,
  ];
}

function ObjectName({ item }: { item: ObjectItem }) {
  const { t } = useText();
  return (
    <span className="objects-name">
      <Link to={`/objects/${item.id}`}>{item.name}</Link>
      {item.demo ? <Badge>{t("objects.demo")}</Badge> : null}
      {item.closed === null ? null : <Badge tone="warn">{t("objects.closed")}</Badge>}
    </span>
  );
}

/** One object on a phone. */
function ObjectCard({ item }: { item: ObjectItem }) {
  const { fact } = item;
  return (
    <div className="objects-card">
      <ObjectName item={item} />
      {item.place === null ? null : <span>{item.place}</span>}
      <span className="objects-none">
        {item.kind === "disposal" ? `${fact.cells.site} → ${fact.cells.tippingSites}` : null}
        {item.kind === "permit" ? <PermitHours fact={fact} /> : (fact.creditCode ?? fact.carrier ?? fact.operator)}
      </span>
    </div>
  );
}
