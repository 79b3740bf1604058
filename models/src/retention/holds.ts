/** Why something may not be deleted now, whatever its term says and however full the disk is (guard G-33): a closed list. */
export const holdKinds = {
  not_looked_at: { zh: "尚未识别", en: "not analysed yet" },
  analysis_failed: { zh: "识别失败，待人员查看", en: "analysis failed: a person has to look at it" },
  flag_undecided: { zh: "触发的线索尚未登记", en: "a flag without its record yet" },
  pictures_due: { zh: "证据图片尚未截取", en: "evidence pictures still to be cut" },
  record_open: { zh: "线索办理中", en: "a record on its way" },
  case_open: { zh: "案件未结案", en: "a case that is not closed" },
  second_look: { zh: "等待复看", en: "a second look is waited for" },
  sample_waiting: { zh: "抽查画面待判断", en: "a drawn look waits for its answer" },
  known_item: { zh: "用作已知答案", en: "used as a known item" },
  suppression: { zh: "抑制规则的依据", en: "a suppression in force rests on it" },
  truck_lead: { zh: "渣土车行程疑点待处理或办理中", en: "a lead about a truck that is new or taken up" },
  field_linked: {
    zh: "已关联为办理中案件、线索的现场影像",
    en: "linked as a field recording of a record or case on its way",
  },
  field_proposed: {
    zh: "可能属于办理中的线索，限期内待人员确认",
    en: "may belong to a record on its way; for a time a person may say so",
  },
  legal_hold: { zh: "依法保全", en: "legal hold" },
} as const satisfies Record<string, { zh: string; en: string }>;

export type HoldKind = keyof typeof holdKinds;
export const holdKindCodes = Object.keys(holdKinds) as [HoldKind, ...HoldKind[]];

/** One reason, and the row it rests on. */
export interface Hold {
  readonly kind: HoldKind;
  /** Id of the flag, record, case, sample, lead or legal hold. */
  readonly of: string;
}
