import type { ClockFacts, DeviceFacts } from "./evidence-facts.ts";
import type { FieldId } from "./field-labels.ts";
import type { Filler } from "./fill.ts";
import { formColumns } from "./form-rows.ts";
import { cell, label, plain, type Row, type Run, row } from "./layout.ts";
import { printDate, tableTime } from "./print-time.ts";

/** `文号 X，2026年1月5日`; either half alone is printed with the other half blank. */
function numberAndDate(field: FieldId, no: string | null, on: string | null, fill: Filler): Run[] {
  if (!no && !on) return [fill.blank(field)];
  return [fill.value(field, no), plain("，"), fill.value(field, on, printDate)];
}

function metrology(device: DeviceFacts, fill: Filler): Run[] {
  if (device.metrologyRequired === null) return [fill.blank("device.metrology")];
  if (!device.metrologyRequired) return [plain("不属于强制检定范围")];
  return [
    ...numberAndDate("device.metrology", device.metrologyCertificateNo, device.metrologyValidTo, fill),
    plain(device.metrologyValidTo ? "止有效" : ""),
  ];
}

function clockRuns(clock: ClockFacts | null, fill: Filler): Run[] {
  if (!clock) return [fill.blank("clock")];
  const seconds = (ms: number) => `${(ms / 1000).toFixed(3)} 秒`;
  const { uncertaintyMs, errorMs } = clock;
  return [
    fill.value("clock.offsetMs", clock.offsetMs, (ms) => `${ms > 0 ? "+" : ""}${seconds(ms)}`),
    plain(uncertaintyMs === null ? "" : ` ± ${seconds(uncertaintyMs)}`),
    plain(errorMs === null ? "" : `，连同走时误差计 ${seconds(errorMs)}`),
    plain("（限值 ±"),
    fill.value("clock.limitMs", clock.limitMs, seconds),
    plain("），校验时间 "),
    fill.value("clock.measuredAt", clock.measuredAt, tableTime),
    plain(clock.method ? `，方法：${clock.method}` : ""),
  ];
}

/** Device as of the capture and its clock (domain D.4, D.6) as rows of {@link formColumns}. */
export function deviceRows(device: DeviceFacts | null, clock: ClockFacts | null, fill: Filler): Row[] {
  const two = formColumns.length - 3;
  const whole = (title: string, runs: readonly Run[]) =>
    row([label(title, { colSpan: two }), cell([runs], { colSpan: 3 })]);
  const clockRow = whole("时钟误差", clockRuns(clock, fill));
  if (!device) return [whole("设备合规情况", [fill.blank("device")]), clockRow];
  const pair = (a: string, av: Run, b: string, bv: Run) =>
    row([label(a, { colSpan: two }), cell([[av]]), label(b), cell([[bv]])]);
  return [
    whole("设备名称", [fill.value("device.name", device.name)]),
    whole("设备编号", [fill.value("device.id", device.id)]),
    pair(
      "设备类型",
      fill.value("device.kind", device.kind),
      "采集时状态",
      fill.value("device.stateAtCapture", device.stateAtCapture),
    ),
    whole("设备法制审核", numberAndDate("device.legalReview", device.legalReviewNo, device.legalReviewedOn, fill)),
    whole(
      "设备技术审核",
      numberAndDate("device.technicalReview", device.technicalReviewNo, device.technicalReviewedOn, fill),
    ),
    whole("执行标准", [fill.value("device.standards", device.standards)]),
    whole("地点公布", numberAndDate("device.published", device.publishedWhere, device.publishedOn, fill)),
    pair(
      "标志设置",
      fill.value("device.signPostedOn", device.signPostedOn, printDate),
      "维护检测",
      fill.value("device.maintainedOn", device.maintainedOn, printDate),
    ),
    whole("计量检定", metrology(device, fill)),
    clockRow,
  ];
}
