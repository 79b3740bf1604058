import type { Duty } from "../people/duties.ts";

/** What a record of a device says. */
interface DeviceRecordKind {
  readonly zh: string;
  readonly en: string;
  /** Provision or standard that asks for it. */
  readonly basis: string;
  /** Who may enter it; nobody else, and never the same person the legal and the technical review of one device. */
  readonly by: readonly Duty[];
  /** `state`: holds from one instant to another, or until further notice. `event`: happened once. */
  readonly lasts: "state" | "event";
}

/**
 * Records of the device register (domain D.6, H.3), a registry to read: each is a dated fact about one device, entered by a person, never
 * changed, at most withdrawn with a reason.
 */
export const deviceRecordKinds = {
  legal_review: {
    zh: "设备法制审核",
    en: "Legal review of the device",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7(2)",
    by: ["legal_reviewer"],
    lasts: "state",
  },
  technical_review: {
    zh: "设备技术审核",
    en: "Technical review of the device",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7(2)",
    by: ["technical_reviewer"],
    lasts: "state",
  },
  standard: {
    zh: "符合标准",
    en: "Meets its standards",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7(2)",
    by: ["technical_reviewer"],
    lasts: "state",
  },
  sign: {
    zh: "现场标识",
    en: "Visible sign",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7(3)",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  publication: {
    zh: "设置地点公布",
    en: "Location published",
    basis: "行政处罚法 41(1)；浦东非现场执法规定 7(3)",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  vehicle_mark: {
    zh: "车辆统一标识",
    en: "Uniform vehicle marking",
    basis: "浦东非现场执法规定 7(3)",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  area_publication: {
    zh: "监控区域公布",
    en: "Monitored area published",
    basis: "浦东非现场执法规定 7(3)",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  metrology: {
    zh: "计量检定证书",
    en: "Metrology certificate",
    basis: "国发〔2024〕5号",
    by: ["technical_reviewer"],
    lasts: "state",
  },
  metrology_exempt: {
    zh: "不属强制检定",
    en: "Not under compulsory metrology",
    basis: "国发〔2024〕5号",
    by: ["technical_reviewer"],
    lasts: "state",
  },
  installation: {
    zh: "设置审批",
    en: "Installation approved",
    basis: "公共安全视频图像信息系统管理条例 7",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  maintenance: {
    zh: "维护检测",
    en: "Maintenance and test",
    basis: "浦东非现场执法规定 7(2)",
    by: ["monitor", "technical_reviewer", "administrator"],
    lasts: "event",
  },
  suspension: {
    zh: "停用",
    en: "Suspended",
    basis: "国发〔2024〕5号",
    by: ["technical_reviewer", "legal_reviewer", "head", "auditor"],
    lasts: "state",
  },
  sign_missing: {
    zh: "标识缺失",
    en: "Sign missing",
    basis: "浦东非现场执法规定 7(3)",
    by: ["monitor", "technical_reviewer", "auditor", "administrator"],
    lasts: "state",
  },
  publication_withdrawn: {
    zh: "公布撤回",
    en: "Publication withdrawn",
    basis: "浦东非现场执法规定 7(3)",
    by: ["monitor", "head", "auditor", "administrator"],
    lasts: "state",
  },
  view_moved: {
    zh: "移位或转向",
    en: "Moved or turned",
    basis: "行政处罚法 41(1)",
    by: ["monitor", "technical_reviewer", "auditor"],
    lasts: "state",
  },
  retrieval: {
    zh: "视频调取记录",
    en: "Retrieval record",
    basis: "公共安全视频图像信息系统管理条例 20",
    by: ["monitor", "technical_reviewer"],
    lasts: "state",
  },
  /** Who carries a body camera, or which car a device rides in: by it a recording has its officer (models/field). */
  carrier: {
    zh: "领用登记",
    en: "Issued to",
    basis: "内部规则（执法记录设备领用登记）",
    by: ["monitor", "administrator"],
    lasts: "state",
  },
  retirement: {
    zh: "报废",
    en: "Retired",
    basis: "行政处罚法 41(1)",
    by: ["administrator", "head"],
    lasts: "state",
  },
} as const satisfies Record<string, DeviceRecordKind>;

export type DeviceRecordCode = keyof typeof deviceRecordKinds;
export const deviceRecordCodes = Object.keys(deviceRecordKinds) as [DeviceRecordCode, ...DeviceRecordCode[]];

/** Records that suspend a device for as long as they hold (domain H.3), in the order in which they are named. */
export const suspendingRecords = ["suspension", "sign_missing", "publication_withdrawn", "view_moved"] as const;

/**
 * What each kind of source must have on record before its pictures may stand as evidence (APL 41(1), PD 7: fixed devices and uniformly
 * marked vehicles; nothing else is named there). A kind that is not here can give clues alone.
 */
export const requiredRecords: Readonly<Record<string, readonly DeviceRecordCode[]>> = {
  fixed: ["legal_review", "technical_review", "standard", "sign", "publication"],
  gate: ["legal_review", "technical_review", "standard", "sign", "publication"],
  patrol: ["legal_review", "technical_review", "standard", "vehicle_mark", "area_publication"],
};
