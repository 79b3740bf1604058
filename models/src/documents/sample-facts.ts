import type { CaseFacts } from "./case-facts.ts";
import type { EvidenceItem } from "./evidence-facts.ts";
import type { ReviewFacts } from "./review-facts.ts";

/** 64 hexadecimal digits that look like a hash and stay the same. */
const sampleHash = (seed: number): string =>
  Array.from({ length: 64 }, (_, i) => ((seed * 7919 + i * i * 31 + i * 17) % 16).toString(16)).join("");

const deviceId = "31011500001320000017";
const sourceName = "示例路12号固定摄像机";

function sampleItem(no: number, name: string, at: string, proves: string, clip: boolean): EvidenceItem {
  return {
    no,
    origin: "record",
    name,
    kind: clip ? "audio_visual" : "electronic_data",
    sourceName,
    deviceId,
    madeBy: "系统自动采集；王某某（技术审核）固定",
    method: clip ? "设备录制，原样存储" : "自原始录像截取单帧",
    capturedAt: at,
    durationS: clip ? 1180 : null,
    sizeBytes: clip ? 88_213_504 : 512_344 + no,
    sha256: sampleHash(no),
    parentSha256: clip ? null : sampleHash(1),
    proves,
    remark: null,
    storedAt: "证据对象库（一次写入）",
    picture: !clip,
  };
}

function sampleReview(
  reviewerName: string,
  badgeNo: string,
  at: string,
  labels: readonly string[],
  reasons: string,
): ReviewFacts {
  const checklist = labels.map((label, i) => ({ id: `c${i + 1}`, label, answer: "pass" as const, note: null }));
  return { reviewerName, badgeNo, at, checklist, result: "pass", reasons };
}

const technical = () =>
  sampleReview(
    "王某某",
    "09150101",
    "2026-11-18T10:02:11+08:00",
    [
      "原始文件校验值一致",
      "画面清晰，可辨认招牌、门线与占道物品",
      "全景、近景及间隔满足要求",
      "时间、地点、设备编号准确",
    ],
    "记录真实、清晰、完整、准确。",
  );
const legal = () =>
  sampleReview(
    "赵某某",
    "09150102",
    "2026-11-18T14:40:00+08:00",
    ["本机关具有管辖权和处罚权", "属于公布的非现场执法事项清单", "违法行为构成要件已由记录反映", "当事人可以确认"],
    "同意作为证据使用；所引条款须经法制核实后方可引用。",
  );

const reviews = (): CaseFacts["reviews"] => ({
  mode: "sequential",
  mergedPolicyNo: null,
  technical: technical(),
  legal: legal(),
});

const device = (): CaseFacts["device"] => ({
  name: sourceName,
  id: deviceId,
  kind: "固定摄像机",
  stateAtCapture: "启用",
  legalReviewNo: "示例法审〔2026〕3号",
  legalReviewedOn: "2026-01-12",
  technicalReviewNo: "示例技审〔2026〕9号",
  technicalReviewedOn: "2026-01-09",
  standards: "GB/T 28181-2022",
  signPostedOn: "2026-01-20",
  publishedWhere: "区政府门户网站公告",
  publishedOn: "2026-01-22",
  metrologyRequired: false,
  metrologyCertificateNo: null,
  metrologyValidTo: null,
  maintainedOn: "2026-11-02",
});

const act = (): CaseFacts["act"] => ({
  sourceName,
  deviceId,
  spaceZh: "公共人行道",
  objects: [
    { labelZh: "货物", count: 6, measureZh: "件" },
    { labelZh: "桌椅", count: 2, measureZh: "套" },
  ],
  intervals: [
    { state: "present", from: "2026-11-18T08:12:04+08:00", to: "2026-11-18T08:20:00+08:00" },
    { state: "blind", from: "2026-11-18T08:20:00+08:00", to: "2026-11-18T08:20:40+08:00" },
    { state: "present", from: "2026-11-18T08:20:40+08:00", to: "2026-11-18T08:31:44+08:00" },
  ],
  presentS: 1140,
  evidenceNos: [1, 2, 3, 4],
  dissuasion: {
    at: "2026-11-18T08:35:00+08:00",
    channel: "sms",
    correctBy: "2026-11-18T09:05:00+08:00",
    delivered: true,
  },
  recheck: { at: "2026-11-18T09:10:00+08:00", outcome: "not_corrected", evidenceNos: [5] },
  onSiteCheck: null,
  leftOut: null,
});

const onSite = (): CaseFacts["onSite"] => ({
  arrivedAt: "2026-11-18T10:05:00+08:00",
  endedAt: "2026-11-18T10:31:00+08:00",
  position: { longitude: 121.52, latitude: 31.23, accuracyM: 8 },
  weather: "晴",
  officers: [
    { name: "孙某某", badgeNo: "09150103" },
    { name: "钱某某", badgeNo: "09150104" },
  ],
  result: "confirmed",
  findings: "店门外公共人行道上摆放货物6件、桌椅2套，最远处距门线约1.6米。",
  measures: "最远处距门线1.6米",
  party: "named",
  partyName: "钱某某",
  partySaid: "货刚到，马上收进店里。",
  idShown: true,
  rightsTold: true,
  photoNos: [4, 5],
  contentSha256: sampleHash(9),
});

const evidence = (): EvidenceItem[] => [
  sampleItem(1, "监控录像原件", "2026-11-18T08:12:04.120+08:00", "行为全过程", true),
  sampleItem(2, "全景图（之一）", "2026-11-18T08:12:04.120+08:00", "店铺招牌、门线与占道物品的位置关系", false),
  sampleItem(3, "全景图（之二）", "2026-11-18T08:25:10.080+08:00", "同一位置持续占道", false),
  sampleItem(4, "近景图", "2026-11-18T08:25:12+08:00", "占道物品种类", false),
  sampleItem(5, "劝阻后复查图", "2026-11-18T09:10:00+08:00", "劝阻后未改正", false),
];

const provisions = (): CaseFacts["provisions"] =>
  (["breached", "punishing"] as const).map((role) => ({
    law: "上海市市容环境卫生管理条例",
    article: "第二十一条",
    version: "2022-12-01起施行",
    role,
    text: null,
    verified: false,
  }));

/** A made-up case in a made-up bureau: a shop that does business beyond its door. The provision is truly unverified (domain C.1). */
export function sampleCaseFacts(): CaseFacts {
  return {
    bureau: {
      name: "示例区城市管理行政执法局",
      shortName: "示",
      authorityCode: "城管",
      address: "示例区示范路1号",
      contact: "孙某某",
      phone: "021-00000000",
    },
    case: {
      number: "示城管立字〔2026〕7号",
      cause: "跨门经营",
      source: "电子技术监控发现",
      occurredFrom: "2026-11-18T08:12:04+08:00",
      occurredTo: "2026-11-18T08:31:44+08:00",
      filedOn: "2026-11-19",
      place: "示例区示例路12号门前",
      coordinates: { longitude: 121.52, latitude: 31.23 },
    },
    violation: { code: "CROSS_DOOR", titleZh: "跨门经营", titleEn: "Business beyond the door" },
    act: act(),
    order: {
      requirement: "立即停止涉嫌跨门经营的行为，将占用公共区域的物品收回，恢复原状。",
      consequence: "逾期不改正或者拒不改正的，本机关将依法处理；及时改正且情节轻微的，依法不予行政处罚。",
      verified: false,
    },
    onSite: onSite(),
    party: {
      kind: "unit",
      name: "示例区某某百货店（个体工商户）",
      creditCode: "92310000EXAMPLE00X",
      legalRepresentative: "钱某某",
      address: "示例区示例路12号",
      phone: "13800000000",
    },
    evidence: evidence(),
    device: device(),
    clock: {
      offsetMs: -120,
      uncertaintyMs: 30,
      errorMs: 160,
      limitMs: 1000,
      measuredAt: "2026-11-18T08:00:00+08:00",
      method: "NTP",
    },
    model: { id: "street-goods-416", version: "1", sha256: sampleHash(99), score: 0.81, threshold: 0.35 },
    reviews: reviews(),
    corrections: [
      {
        label: "地点",
        oldText: "示例区示例路10号门前",
        newText: "示例区示例路12号门前",
        reason: "区域名称或地址不准确",
        note: "画面中门牌为12号",
        reviewerName: "王某某",
        badgeNo: "09150101",
        at: "2026-11-19T10:20:00+08:00",
      },
    ],
    provisions: provisions(),
    handlers: [
      { name: "李某某", badgeNo: "09150103" },
      { name: "周某某", badgeNo: "09150104" },
    ],
    penalty: { kind: "fine", amountYuan: 500, reason: "劝阻后未在限期内改正；两年内首次发现" },
    statement: {
      days: 5,
      unit: "working_days",
      channels: [
        { label: "窗口", value: "示例区示范路1号综合窗口（工作日9:00—17:00）" },
        { label: "网上", value: "当事人服务页面（凭短信验证码登录）" },
      ],
    },
    hearing: { eligible: false, reason: null },
    dueDates: [{ label: "作出处罚决定", dueOn: "2027-02-17", basis: "行政处罚法第六十条，立案之日起九十日" }],
    modelTextVersion: null,
  };
}
