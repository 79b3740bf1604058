import type { CaseFacts } from "./case-facts.ts";
import type { Filler } from "./fill.ts";
import { plain, type Run } from "./layout.ts";
import type { HearingFacts, StatementFacts } from "./penalty-facts.ts";

const unitWord = { working_days: "个工作日", calendar_days: "日" } as const;

/** How the law's papers address a party. */
export const addressParty = (party: CaseFacts["party"]): string =>
  party.kind === "person" ? "你" : party.kind === "unit" ? "你单位" : "你（单位）";

/**
 * Right to state and defend, filled by rule: 行政处罚法 Art. 44, 45 (never heavier), 62, and 41(3) for remote records.
 * No sentence says that silence waives the right; the period alone is told.
 */
export function statementRight(you: string, statement: StatementFacts, fill: Filler): Run[][] {
  const period = (days: number) => `${days}${unitWord[statement.unit]}`;
  const intro = [
    plain(
      `根据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，${you}依法享有陈述、申辩的权利。${you}可以自收到本告知书之日起`,
    ),
    fill.value("statement.days", statement.days, period),
    plain("内，通过下列途径查询本案记录并向本机关提出陈述、申辩："),
  ];
  const channels =
    statement.channels.length > 0
      ? statement.channels.map((channel, i) => [plain(`（${i + 1}）${channel.label}：${channel.value}`)])
      : [[fill.blank("statement.channels")]];
  const promise = [
    plain(`本机关将对${you}提出的事实、理由和证据进行复核，成立的予以采纳，不因陈述、申辩给予更重的处罚。`),
  ];
  return [intro, ...channels, promise];
}

/**
 * Remedies against an order to correct, filled by rule: reconsideration within sixty days at the government of the same level (行政复议法
 * Art. 20, 24), litigation within six months (行政诉讼法 Art. 46).
 */
export function orderRemedies(you: string): Run[] {
  return [
    plain(
      `${you}不服本通知的，可以自收到本通知书之日起六十日内依法向本机关的本级人民政府申请行政复议，或者自收到本通知书之日起六个月内依法向人民法院提起行政诉讼。`,
    ),
  ];
}

/** Right to a hearing: 行政处罚法 Art. 63, 64(1), five working days by Art. 85. Null is a blank: nobody may guess it away. */
export function hearingRight(you: string, hearing: HearingFacts | null, fill: Filler): Run[][] {
  if (hearing === null) return [[plain("听证权利："), fill.blank("hearing"), plain("。")]];
  if (!hearing.eligible) return [];
  return [
    [
      plain(
        `根据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，${you}对上述拟作出的行政处罚有要求听证的权利`,
      ),
      plain(hearing.reason ? `（${hearing.reason}）` : ""),
      plain(`。${you}要求听证的，应当在收到本告知书之日起5个工作日内向本机关提出。${you}不承担组织听证的费用。`),
    ].filter((run) => run.text !== ""),
  ];
}
