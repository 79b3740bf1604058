import { onSiteResults } from "../on-site/index.ts";
import { dissuasionChannels, recheckOutcomes } from "./act-facts.ts";
import type { CaseFacts } from "./case-facts.ts";
import { correctionRuns } from "./correction-facts.ts";
import type { Filler } from "./fill.ts";
import { plain, type Run } from "./layout.ts";
import { printDuration, proseOffset, proseTime } from "./print-time.ts";

export type FactsTextInput = Pick<CaseFacts, "case" | "violation" | "act" | "party" | "corrections">;

const listNos = (nos: readonly number[]) => nos.map((no) => `证据${no}`).join("、");

/** `东经121.520000度，北纬31.230000度`; southern and western signs are kept in words. */
export function printCoordinates({ longitude, latitude }: { longitude: number; latitude: number }): string {
  const east = `${longitude >= 0 ? "东经" : "西经"}${Math.abs(longitude).toFixed(6)}度`;
  return `${east}，${latitude >= 0 ? "北纬" : "南纬"}${Math.abs(latitude).toFixed(6)}度`;
}

function printObjects(objects: CaseFacts["act"]["objects"]): string {
  return objects
    .map(({ labelZh, count, measureZh }) =>
      count === null ? labelZh : `${labelZh}${measureZh ? `${count}${measureZh}` : `（${count}）`}`,
    )
    .join("、");
}

/** Name of the party, or the blank; an unknown party is a blank, its description belongs to the party rows. */
export function partyName(party: CaseFacts["party"], fill: Filler): Run {
  return party.kind === "unknown" ? fill.blank("party.identity") : fill.value("party.name", party.name);
}

function act({ case: c, violation, act, party }: FactsTextInput, fill: Filler): Run[] {
  const runs = [
    fill.value("case.occurredFrom", c.occurredFrom, proseTime),
    plain("至"),
    fill.value("case.occurredTo", c.occurredTo, proseTime),
    plain(`${proseOffset}，“`),
    fill.value("act.source", act.sourceName),
    plain("”（设备编号："),
    fill.value("act.deviceId", act.deviceId),
    plain("）形成的记录显示：在"),
    fill.value("case.place", c.place),
    plain("（"),
    fill.value("case.coordinates", c.coordinates, printCoordinates),
    plain("），当事人"),
    partyName(party, fill),
    plain("涉嫌实施"),
    fill.value("violation.titleZh", violation.titleZh),
    plain("行为。"),
  ];
  if (act.spaceZh) runs.push(plain(`该地点属于${act.spaceZh}。`));
  if (act.objects.length > 0) runs.push(plain(`画面中可见${printObjects(act.objects)}。`));
  return runs;
}

/** The act as two officers saw it: nothing of the device is told, its record is no evidence. */
function actAtPlace({ case: c, violation, act, party }: FactsTextInput, fill: Filler): Run[] {
  const officers = act.onSiteCheck?.officers ?? [];
  return [
    fill.value("act.onSiteCheckedAt", act.onSiteCheck?.at, proseTime),
    plain(`${proseOffset}，执法人员`),
    fill.value("act.onSiteOfficers", officers.length > 0 ? officers.join("、") : null),
    plain("到现场核查：在"),
    fill.value("case.place", c.place),
    plain("（"),
    fill.value("case.coordinates", c.coordinates, printCoordinates),
    plain("），当事人"),
    partyName(party, fill),
    plain("涉嫌实施"),
    fill.value("violation.titleZh", violation.titleZh),
    plain("行为，结论："),
    fill.value("act.onSiteFinding", act.onSiteCheck?.finding, (code) => onSiteResults[code].zh),
    plain("，现场情况以现场检查（勘验）笔录为准。"),
  ];
}

/** Why the record of the device is not among the evidence, for whoever reads the paper. */
export function leftOutRuns({ leftOut }: Pick<CaseFacts["act"], "leftOut">, fill: Filler): Run[] {
  if (leftOut === null) return [];
  return [
    plain("发现线索的电子技术监控记录不作为本案证据（"),
    fill.value("act.leftOut", leftOut.reason),
    plain("）。"),
  ];
}

function duration({ intervals, presentS }: CaseFacts["act"]): Run[] {
  const spans = (state: string) =>
    intervals
      .filter((interval) => interval.state === state)
      .map(({ from, to }) => `${proseTime(from)}至${proseTime(to)}`)
      .join("；");
  const [present, blind] = [spans("present"), spans("blind")];
  const runs: Run[] = [];
  if (present !== "") runs.push(plain(`该状态存在的时段为：${present}。`));
  if (presentS !== null) runs.push(plain(`累计${printDuration(presentS)}。`));
  if (blind !== "") runs.push(plain(`下列时段没有可用画面，不作认定：${blind}。`));
  return runs;
}

function dissuasion({ dissuasion: d, recheck: r }: CaseFacts["act"], fill: Filler): Run[] {
  const runs: Run[] = [];
  if (d) {
    runs.push(fill.value("act.dissuadedAt", d.at, proseTime), plain("，执法机关以"));
    runs.push(
      fill.value("act.dissuasionChannel", d.channel, (code) => dissuasionChannels[code]),
      plain("方式进行劝阻"),
    );
    runs.push(plain(d.correctBy ? `，要求于${proseTime(d.correctBy)}前改正` : ""));
    runs.push(plain(d.delivered === null ? "。" : d.delivered ? "，信息已送达。" : "，信息未能送达。"));
  }
  if (r) {
    runs.push(fill.value("act.recheckedAt", r.at, proseTime), plain("复查，结果："));
    runs.push(fill.value("act.recheckOutcome", r.outcome, (code) => recheckOutcomes[code]));
    runs.push(plain(r.evidenceNos.length > 0 ? `（${listNos(r.evidenceNos)}）。` : "。"));
  }
  return runs;
}

function onSite({ onSiteCheck: check }: CaseFacts["act"], fill: Filler): Run[] {
  if (!check) return [];
  const officers = check.officers.length > 0 ? check.officers.join("、") : null;
  return [
    fill.value("act.onSiteCheckedAt", check.at, proseTime),
    plain("，执法人员"),
    fill.value("act.onSiteOfficers", officers),
    plain("到现场核查，结论："),
    fill.value("act.onSiteFinding", check.finding, (code) => onSiteResults[code].zh),
    plain("。"),
  ];
}

/**
 * The facts of the case as paragraphs of runs: written from structured facts alone, in fixed sentences.
 * What a sentence cannot do without is a visible blank; what is optional (dissuasion, re-check, …) is left out.
 */
export function writeFacts(facts: FactsTextInput, fill: Filler): Run[][] {
  const nos = facts.act.evidenceNos;
  const proof = [
    plain("以上事实由"),
    fill.value("act.evidenceNos", nos.length > 0 ? nos : null, listNos),
    plain("证明。"),
  ];
  return [
    ...(facts.act.leftOut === null
      ? [[...act(facts, fill), ...duration(facts.act)]]
      : [actAtPlace(facts, fill), leftOutRuns(facts.act, fill)]),
    correctionRuns(facts.corrections),
    [...dissuasion(facts.act, fill), ...(facts.act.leftOut === null ? onSite(facts.act, fill) : [])],
    proof,
  ]
    .map((runs) => runs.filter((run) => run.text !== ""))
    .filter((runs) => runs.length > 0);
}
