/** Where a term comes from, as domain.md marks it: the statute itself, a proposal of the house, or the bureau's own table. */
export type RetentionMark = "S" | "S2" | "P" | "M" | "I";

export interface RetentionClassRow {
  readonly zh: string;
  readonly en: string;
  /** What its term counts from. */
  readonly from: { readonly zh: string; readonly en: string };
  /** Field of {@link RetentionSettings} that holds the term. */
  readonly term: keyof Omit<RetentionSettings, "verified" | "fieldProposedDays">;
  readonly unit: "days" | "years";
  /** What is deleted when the term is over. */
  readonly deletes: { readonly zh: string; readonly en: string };
  readonly basis: string;
  readonly mark: RetentionMark;
}

/** Terms of a bureau: {@link import("../profile/profile.ts").profileSchema} holds them; none is below what the law asks for. */
export interface RetentionSettings {
  readonly publicVideoDays: number;
  readonly bodyRecordingDays: number;
  /** How long beyond its own term a rule's proposal holds a recording of which nobody says anything. */
  readonly fieldProposedDays: number;
  readonly rejectedImageryDays: number;
  readonly closedImageryDays: number;
  readonly smallPictureDays: number;
  /** Null: permanent. */
  readonly caseFileYears: number | null;
  readonly verified: boolean;
}

/**
 * How long what is kept (domain D.7), as data. Of several that fit one thing the longest wins. The 30 days stand in the statute for video of
 * *public security* systems; taking them for every public-area camera is the safe reading (domain 0.3 no. 13, [I]).
 */
export const retentionClasses = {
  public_video: {
    zh: "公共区域视频",
    en: "Public-area video",
    from: { zh: "录制结束与入库两者中较晚的", en: "the later of the end of recording and its arrival" },
    term: "publicVideoDays",
    unit: "days",
    deletes: { zh: "视频原件", en: "the original video" },
    basis: "《公共安全视频图像信息系统管理条例》第十七条",
    mark: "S",
  },
  body_recording: {
    zh: "执法记录仪录像（未作证据）",
    en: "Body-camera recording not used as evidence",
    from: { zh: "录制结束与入库两者中较晚的", en: "the later of the end of recording and its arrival" },
    term: "bodyRecordingDays",
    unit: "days",
    deletes: { zh: "视频原件", en: "the original video" },
    basis: "执法音像记录保存期限不少于 6 个月（待法制部门核实）",
    mark: "M",
  },
  rejected_record: {
    zh: "未通过、剔除或消除的线索",
    en: "Record rejected, discarded or erased",
    from: { zh: "作出该结论", en: "the decision" },
    term: "rejectedImageryDays",
    unit: "days",
    deletes: {
      zh: "视频与证据图片；结论、理由、哈希与小图保留",
      en: "video and pictures; decision, reason, hash and a small picture stay",
    },
    basis: "内部规则，待法制部门核实",
    mark: "P",
  },
  closed_record: {
    zh: "不立案、核查未发现或移送的线索",
    en: "Record closed without a case, not found on site, or transferred",
    from: { zh: "作出该结论", en: "the decision" },
    term: "closedImageryDays",
    unit: "days",
    deletes: {
      zh: "视频与证据图片；结论、理由、哈希与小图保留",
      en: "video and pictures; decision, reason, hash and a small picture stay",
    },
    basis: "内部规则（覆盖复议、诉讼期限），待法制部门核实",
    mark: "P",
  },
  small_picture: {
    zh: "已结线索的小图",
    en: "Small picture of a closed record",
    from: { zh: "作出该结论", en: "the decision" },
    term: "smallPictureDays",
    unit: "days",
    deletes: { zh: "小图", en: "the small picture" },
    basis: "内部规则，待法制部门核实",
    mark: "P",
  },
  case_file: {
    zh: "案件材料",
    en: "Material of a case",
    from: { zh: "结案", en: "the closing of the case" },
    term: "caseFileYears",
    unit: "years",
    deletes: { zh: "视频与证据图片", en: "video and pictures" },
    basis: "《行政处罚法》第四十七条；档案期限由本机关档案表规定（待核实）",
    mark: "M",
  },
} as const satisfies Record<string, RetentionClassRow>;

export type RetentionClass = keyof typeof retentionClasses;
export const retentionClassCodes = Object.keys(retentionClasses) as [RetentionClass, ...RetentionClass[]];

/** Raised whenever a row or the way they are joined changes; printed on every certificate. */
export const retentionRuleVersion = "1.3";

/** Whether the term of a class rests on a verified text: the statute, or what the bureau has confirmed. */
export function isVerifiedTerm(code: RetentionClass, settings: Pick<RetentionSettings, "verified">): boolean {
  return retentionClasses[code].mark === "S" || settings.verified;
}
