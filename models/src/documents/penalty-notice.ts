import { type CaseFacts, caseFactsSchema } from "./case-facts.ts";
import { defineDocument, frameLayout, unverifiedProvisions } from "./define.ts";
import type { EvidenceItem } from "./evidence-facts.ts";
import { partyName, writeFacts } from "./facts-text.ts";
import { createFiller, type Filler } from "./fill.ts";
import { dateSlot, receipt } from "./form-rows.ts";
import { type Block, line, note, paragraph, plain, type Run } from "./layout.ts";
import { contactRuns, identityRuns } from "./party-text.ts";
import { penaltyKinds } from "./penalty-facts.ts";
import { proseTime } from "./print-time.ts";
import { printYuan } from "./print-yuan.ts";
import { citeProvisions } from "./provisions-text.ts";
import { addressParty, hearingRight, statementRight } from "./rights-text.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({
  bureau: true,
  case: true,
  violation: true,
  act: true,
  party: true,
  evidence: true,
  reviews: true,
  corrections: true,
  provisions: true,
  penalty: true,
  statement: true,
  hearing: true,
  modelTextVersion: true,
});
type Facts = Pick<CaseFacts, keyof typeof facts.shape>;

/** Longer lists become one paragraph of names; times and hashes are in the attached list. */
const itemsOnOwnLine = 8;
const verdicts = { pass: "合格", fail: "不合格", unsure: "存疑" } as const;

function evidenceParagraphs({ act, evidence, reviews }: Facts, fill: Filler): Run[][] {
  if (evidence.length === 0) return [[plain("证据："), fill.blank("evidence"), plain("。")]];
  const end = (i: number) => plain(i === evidence.length - 1 ? "。" : "；");
  const name = (item: EvidenceItem) => [plain(`${item.no}．`), fill.value("evidence.name", item.name, String, item.no)];
  const items =
    evidence.length > itemsOnOwnLine
      ? [evidence.flatMap((item, i) => [...name(item), end(i)])]
      : evidence.map((item, i) => [
          ...name(item),
          plain(item.capturedAt ? `（${proseTime(item.capturedAt)}）` : ""),
          end(i),
        ]);
  const heading = [plain("以上事实有下列证据（详见所附电子证据清单，时间均为北京时间，UTC+08:00）：")];
  // the facts have said why nothing of the device is among them
  if (act.leftOut !== null) return [heading, ...items];
  const reviewed = [
    plain("上述电子技术监控记录的审核情况：技术审核"),
    fill.value("review.technical", reviews.technical?.result, (result) => verdicts[result]),
    plain("，法制审核"),
    fill.value("review.legal", reviews.legal?.result, (result) => verdicts[result]),
    plain(
      evidence.some(({ origin }) => origin === "recheck")
        ? "；责令改正期满后的复查画面形成于审核之后，未经审核。"
        : "。",
    ),
  ];
  return [heading, ...items, reviewed];
}

function proposal({ party, provisions, penalty }: Facts, fill: Filler): Run[][] {
  const you = addressParty(party);
  const kind = fill.value("penalty.kind", penalty?.kind, (code) => penaltyKinds[code]);
  const amount = penalty?.kind === "fine" ? [fill.value("penalty.amountYuan", penalty.amountYuan, printYuan)] : [];
  return [
    [plain(`${you}的上述行为，涉嫌违反`), ...citeProvisions(provisions, "breached", fill), plain("的规定。")],
    [
      plain("依据"),
      ...citeProvisions(provisions, "punishing", fill),
      plain(`的规定，本机关拟对${you}作出如下行政处罚：`),
      { ...kind, as: kind.as === "plain" ? "strong" : kind.as },
      ...amount.map((run): Run => ({ ...run, as: run.as === "plain" ? "strong" : run.as })),
      plain("。"),
    ],
    [
      plain("裁量理由："),
      fill.value("penalty.reason", penalty?.reason, (reason) => reason.replace(/。$/, "")),
      plain("。"),
    ],
  ];
}

function closing({ bureau }: Facts, fill: Filler): Block[] {
  return [
    {
      kind: "signature",
      lines: [
        line([fill.value("bureau.name", bureau.name)], "right"),
        line([plain("（印章）")], "right"),
        line(dateSlot(), "right"),
      ],
    },
    paragraph([plain("附件：1．电子证据清单　2．电子送达地址及方式确认书（签名确认后方可电子送达处罚决定书）")]),
    receipt(),
    note("本告知书不是行政处罚决定。时间均为北京时间（UTC+08:00）。"),
  ];
}

/** 行政处罚事先告知书 (行政处罚法 Art. 44): a condition of a valid penalty. Rights are written by rule, see `rights-text.ts`. */
export const penaltyNotice = defineDocument({
  id: "penalty-notice",
  version: "1.0",
  titleZh: "行政处罚事先告知书",
  titleEn: "Prior notice of administrative penalty",
  kindWord: "罚告字",
  legalBasis: [
    "《中华人民共和国行政处罚法》第四十四条、第四十五条、第六十二条、第六十三条、第六十四条",
    "《上海市浦东新区城市管理领域非现场执法规定》第十一条、第十二条",
  ],
  usedWhen: { zh: "作出行政处罚决定之前", en: "Before a penalty is decided" },
  audience: "party",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const you = addressParty(f.party);
    const [first = [], ...rest] = writeFacts(f, fill).slice(0, -1);
    const blocks: Block[] = [
      { kind: "paragraph", runs: [partyName(f.party, fill), plain("：")], indent: false, align: "left" },
      ...[
        identityRuns(f.party, fill),
        [plain("经查，"), ...first],
        ...rest,
        ...evidenceParagraphs(f, fill),
        ...proposal(f, fill),
        ...statementRight(you, f.statement, fill),
        ...hearingRight(you, f.hearing, fill),
        contactRuns(f, fill),
      ].map((runs) => paragraph(runs)),
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
      unverified: unverifiedProvisions(f.provisions),
    };
  },
});
