import type { ObservationKind, SimulatedDay, TruckEvent } from "@mingcha/models/trips";
import { csvLine } from "../objects/sheets/csv-text.ts";

const headings: Readonly<Record<ObservationKind, readonly string[]>> = {
  gate_pass: ["号牌号码", "时间", "工地", "方向", "密闭覆盖", "冲洗", "载货", "判断来源"],
  gantry_pass: ["号牌号码", "时间", "龙门架", "经度", "纬度"],
  track: ["号牌号码", "时间", "经度", "纬度", "速度"],
  tipping_entry: ["号牌号码", "时间", "消纳点", "重量", "联单编号"],
  manifest: ["联单编号", "号牌号码", "开具时间", "工地", "消纳点", "重量"],
};
const timeOf = (atMs: number): string => new Date(atMs).toISOString();

function cellsOf(event: TruckEvent): (string | number | null)[] {
  const at = timeOf(event.atMs);
  switch (event.kind) {
    case "gate_pass":
      return [event.plate, at, event.site, event.direction, event.cover, event.wash, event.load, event.judgedBy];
    case "gantry_pass":
      return [event.plate, at, event.gantry, ...(event.at ?? [null, null])];
    case "tipping_entry":
      return [event.plate, at, event.tipping, event.weightT, event.manifestNo];
    case "manifest":
      return [event.number, event.plate, at, event.site, event.tipping, event.weightT];
  }
}

/** A simulated day as the files that gates, receivers, tipping sites and offices would hand in. */
export function simulatedFiles({ events, points }: SimulatedDay): { kind: ObservationKind; bytes: Buffer }[] {
  const fileOf = (kind: ObservationKind, rows: (string | number | null)[][]) => ({
    kind,
    bytes: Buffer.from(
      [headings[kind], ...rows].map((cells) => csvLine(cells.map((cell) => String(cell ?? "")))).join(""),
    ),
  });
  const kinds = ["gate_pass", "tipping_entry", "manifest"] as const;
  return [
    ...kinds.map((kind) => fileOf(kind, events.filter((event) => event.kind === kind).map(cellsOf))),
    fileOf(
      "track",
      points.map(({ plate, atMs, longitude, latitude, speedKmh }) => [
        plate,
        timeOf(atMs),
        longitude,
        latitude,
        speedKmh,
      ]),
    ),
  ];
}
