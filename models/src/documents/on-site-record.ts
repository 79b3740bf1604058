import { onSiteResults, partyPresences } from "../on-site/index.ts";
import { caseFactsSchema } from "./case-facts.ts";
import { defineDocument, frameLayout } from "./define.ts";
import { pictureId } from "./evidence-facts.ts";
import { createFiller, type Filler } from "./fill.ts";
import { dateSlot, formColumns, handlerRuns, signLine, wideRow } from "./form-rows.ts";
import { type Block, heading, line, note, plain, type Row, type Run } from "./layout.ts";
import type { OnSiteFacts } from "./on-site-facts.ts";
import { proseTime, tableTime } from "./print-time.ts";
import { sampleCaseFacts } from "./sample-facts.ts";

const facts = caseFactsSchema.pick({ bureau: true, case: true, onSite: true, evidence: true, modelTextVersion: true });

const printPosition = ({ longitude, latitude, accuracyM }: NonNullable<OnSiteFacts["position"]>): string =>
  `东经${longitude.toFixed(6)}°，北纬${latitude.toFixed(6)}°（WGS-84${accuracyM === null ? "" : `，误差约${Math.round(accuracyM)}米`}）`;

const said = (isDone: boolean): string => (isDone ? "已出示执法证件" : "未出示");
const told = (isDone: boolean): string => (isDone ? "已告知申请回避、陈述和申辩的权利" : "未告知");

/** Who was met. Nobody there: the certificate was shown to nobody, which is no gap. */
function partyRowsOf(check: OnSiteFacts | null, fill: Filler): Row[] {
  const presence = fill.value("onSite.party", check?.party, (code) => partyPresences[code].zh);
  if (check?.party === "absent") return [wideRow("当事人", [[presence]])];
  const name = check?.party === "unnamed" ? plain("") : fill.value("onSite.partyName", check?.partyName);
  return [
    wideRow("当事人（现场人员）", [[presence, plain("　"), name]]),
    wideRow("出示证件", [[fill.value("onSite.idShown", check?.idShown, said)]]),
    wideRow("告知权利", [[fill.value("onSite.rightsTold", check?.rightsTold, told)]]),
    wideRow("当事人所述", [[check?.partySaid ? plain(check.partySaid) : plain("（无）")]], 14),
  ];
}

const noText = (nos: readonly number[]): string => nos.map((no) => `证据${no}`).join("、");

function signatures(check: OnSiteFacts | null): Block {
  return {
    kind: "signature",
    lines: [
      line([...signLine("检查（勘验）人"), plain("　"), ...signLine("检查（勘验）人")]),
      line([...signLine("当事人（现场人员）"), plain("　"), ...signLine("见证人")]),
      line([...signLine(check?.party === "absent" ? "当事人不在场的说明" : "拒绝签名的说明")]),
      line(dateSlot(), "right"),
    ],
  };
}

/** 现场检查（勘验）笔录 (domain F): drafted from what both officers signed; the paper is signed by hand. */
export const onSiteRecord = defineDocument({
  id: "on-site-record",
  version: "1.0",
  titleZh: "现场检查（勘验）笔录",
  titleEn: "Record of the on-site inspection",
  kindWord: "检字",
  legalBasis: ["《中华人民共和国行政处罚法》第四十二条、第四十六条、第五十五条"],
  usedWhen: { zh: "两名执法人员到现场核查之后", en: "After two officers have checked the place" },
  audience: "internal",
  facts,
  sample: sampleCaseFacts(),
  build(f, options = {}) {
    const fill = createFiller();
    const check = f.onSite;
    const officer = (nth: 0 | 1): Run[] =>
      handlerRuns(check?.officers[nth] ?? { name: null, badgeNo: null }, nth + 1, fill, "onSite.officer");
    const photos = f.evidence.filter(({ no }) => check?.photoNos.includes(no));
    const rows = [
      wideRow("检查时间", [
        [
          fill.value("onSite.arrivedAt", check?.arrivedAt, proseTime),
          plain("至"),
          fill.value("onSite.endedAt", check?.endedAt, proseTime),
        ],
      ]),
      wideRow("检查地点", [
        [fill.value("case.place", f.case.place)],
        [fill.value("onSite.position", check?.position, printPosition)],
      ]),
      wideRow("天气", [[fill.value("onSite.weather", check?.weather)]]),
      wideRow("检查（勘验）人", [officer(0), officer(1)]),
      ...partyRowsOf(check, fill),
      wideRow("现场情况", [[fill.value("onSite.findings", check?.findings)]], 40),
      wideRow("测量数据", [[fill.value("onSite.measures", check?.measures)]]),
      wideRow("核查结论", [[fill.value("onSite.result", check?.result, (code) => onSiteResults[code].zh)]]),
      wideRow("现场照片", [
        [fill.value("onSite.photos", photos.length === 0 ? null : photos.map(({ no }) => no), noText)],
      ]),
      wideRow("签名内容校验值", [[fill.value("onSite.contentSha256", check?.contentSha256)]]),
    ];
    const pictures: Block[] = photos
      .filter(({ picture }) => picture)
      .map((item) => ({
        kind: "picture",
        id: pictureId(item),
        heightMm: 84,
        caption: [
          plain(`证据${item.no}　${item.name ?? ""}${item.capturedAt ? `　${tableTime(item.capturedAt)}` : ""}`),
        ],
      }));
    const blocks: Block[] = [
      { kind: "table", columns: formColumns, header: [], rows },
      note("两名执法人员已在系统中以各自账号对上述内容签名；系统签名不代替本笔录上的签名。"),
      signatures(check),
      ...(pictures.length === 0
        ? []
        : [{ kind: "page-break" } as const, heading("附：现场照片（打印件，以电子原件为准）"), ...pictures]),
    ];
    const frame = {
      document: this,
      title: this.titleZh,
      density: "form",
      bureau: f.bureau,
      modelTextVersion: f.modelTextVersion,
      options,
    } as const;
    return { layout: frameLayout(frame, fill, blocks), missing: fill.missing(), unverified: [] };
  },
});
