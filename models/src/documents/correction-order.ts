import { dissuasionChannels } from "./act-facts.ts";
import { type CaseFacts, caseFactsSchema } from "./case-facts.ts";
import { defineDocument, frameLayout, unverifiedProvisions } from "./define.ts";
import { partyName } from "./facts-text.ts";
import { createFiller, type Filler } from "./fill.ts";
import { dateSlot, handlerRuns, receipt } from "./form-rows.ts";
import { type Block, line, note, paragraph, plain, type Run } from "./layout.ts";
import { contactRuns, identityRuns } from "./party-text.ts";
import { proseOffset, proseTime } from "./print-time.ts";
import { citeProvisions } from "./provisions-text.ts";
import { addressParty, orderRemedies } from "./rights-text.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({
  bureau: true,
  case: true,
  violation: true,
  act: true,
  order: true,
  party: true,
  provisions: true,
  handlers: true,
  modelTextVersion: true,
});
type Facts = Pick<CaseFacts, keyof typeof facts.shape>;

/** Behind words of the bureau's profile that its legal office has not verified. */
const textMark = "〔文本未经法制核实〕";

/** Words of the profile, marked where nobody has verified them. */
function own(f: Facts, field: "order.requirement" | "order.consequence", text: string | null, fill: Filler): Run[] {
  const said = fill.value(field, text);
  return f.order?.verified === false && text !== null ? [said, { text: textMark, as: "unverified" }] : [said];
}

function body(f: Facts, fill: Filler): Run[][] {
  const you = addressParty(f.party);
  const given = f.act.dissuasion;
  return [
    [
      plain("经查，"),
      fill.value("case.occurredFrom", f.case.occurredFrom, proseTime),
      plain(`${proseOffset}，${you}在`),
      fill.value("case.place", f.case.place),
      plain("涉嫌实施"),
      fill.value("violation.titleZh", f.violation.titleZh),
      plain("行为，涉嫌违反"),
      ...citeProvisions(f.provisions, "breached", fill),
      plain("的规定。"),
    ],
    [
      plain(`根据《中华人民共和国行政处罚法》第二十八条第一款的规定，现责令${you}于`),
      fill.value("act.correctBy", given?.correctBy, proseTime),
      plain("前改正上述行为。改正要求："),
      ...own(f, "order.requirement", f.order?.requirement ?? null, fill),
    ],
    own(f, "order.consequence", f.order?.consequence ?? null, fill),
    [
      plain("上述要求已于"),
      fill.value("act.dissuadedAt", given?.at, proseTime),
      plain("以"),
      fill.value("act.dissuasionChannel", given?.channel, (code) => dissuasionChannels[code]),
      plain("方式告知。"),
    ],
    [plain(`${you}对上述事实和要求有异议的，可以向本机关陈述、申辩。`), ...contactRuns(f, fill)],
    orderRemedies(you),
  ];
}

function closing({ bureau, handlers }: Facts, fill: Filler): Block[] {
  return [
    {
      kind: "signature",
      lines: [
        ...handlers.map((handler, i) => line([plain("执法人员："), ...handlerRuns(handler, i + 1, fill)])),
        line([fill.value("bureau.name", bureau.name)], "right"),
        line([plain("（印章）")], "right"),
        line(dateSlot(), "right"),
      ],
    },
    receipt(),
    note("本通知书不是行政处罚决定。时间均为北京时间（UTC+08:00）。"),
  ];
}

/** 责令改正通知书 (行政处罚法 Art. 28, domain F): the newest order to correct as a paper. What to correct stands in the bureau's profile. */
export const correctionOrder = defineDocument({
  id: "correction-order",
  version: "1.0",
  titleZh: "责令改正通知书",
  titleEn: "Order to correct",
  kindWord: "责改字",
  legalBasis: ["《中华人民共和国行政处罚法》第二十八条第一款", "《上海市浦东新区城市管理领域非现场执法规定》第十五条"],
  usedWhen: { zh: "劝阻并责令改正时，或者随案移送时", en: "When the party is ordered to correct, or with the case" },
  audience: "party",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const blocks: Block[] = [
      { kind: "paragraph", runs: [partyName(f.party, fill), plain("：")], indent: false, align: "left" },
      ...[identityRuns(f.party, fill), ...body(f, fill)].map((runs) => paragraph(runs)),
      ...closing(f, fill),
    ];
    const frame = {
      document: this,
      title: this.titleZh,
      density: "letter",
      bureau: f.bureau,
      modelTextVersion: f.modelTextVersion,
      options,
    } as const;
    return {
      layout: frameLayout(frame, fill, blocks),
      missing: fill.missing(),
      unverified: [
        ...unverifiedProvisions(f.provisions.filter(({ role }) => role === "breached")),
        ...(f.order?.verified === false ? ["责令改正通知书文本"] : []),
      ],
    };
  },
});
