import { rejectReasons } from "./checklists.ts";
import type { ClueAsk, ClueState } from "./states.ts";

interface ReasonRow {
  readonly zh: string;
  readonly en: string;
}

/** Why a flag is noise and no record to be reviewed (G-06): what a person at the screens can see without being an officer. */
export const noiseReasons = {
  passing: { zh: "人员或车辆路过", en: "A person or vehicle passing by" },
  light: { zh: "阴影、反光、雨水", en: "Shadow, reflection or rain" },
  own_works: { zh: "本单位人员或经批准的作业", en: "Own staff or authorised works" },
  picture_fault: { zh: "画面故障", en: "Picture fault" },
  same_event: { zh: "重复", en: "Duplicate" },
  other: { zh: "其他（须说明）", en: "Other (say what)" },
} as const satisfies Record<string, ReasonRow>;

/**
 * Why a wrong record is erased. Pattern: 道路交通安全违法行为处理程序规定 22, which is road-traffic law and not this field's: a house list.
 * `byDevice`: the device, its clock or its settings caused it; such erasures are listed with the device.
 */
export const eraseReasons = {
  cloned_plate: { zh: "套牌或号牌被冒用", en: "Cloned or misused plate", byDevice: false },
  emergency: { zh: "执行紧急任务的车辆或抢险作业", en: "Emergency vehicle or works", byDevice: false },
  punished_on_site: { zh: "同一行为已当场处罚", en: "The same act was punished on the spot", byDevice: false },
  wrong_record: { zh: "记录错误（对象、时间、地点）", en: "Wrong record (subject, time, place)", byDevice: false },
  repeated: { zh: "同一行为的重复记录", en: "The same act recorded twice", byDevice: false },
  device_fault: { zh: "设备故障", en: "Device fault", byDevice: true },
  clock_wrong: { zh: "设备时钟错误", en: "Wrong device clock", byDevice: true },
  wrong_settings: { zh: "区域、标定或地点设置错误", en: "Wrong zone, calibration or place", byDevice: true },
  other: { zh: "其他（须说明）", en: "Other (say what)", byDevice: false },
} as const satisfies Record<string, ReasonRow & { byDevice: boolean }>;

/** Codes of erasures that count against the device. */
export const deviceEraseReasons: readonly string[] = Object.entries(eraseReasons).flatMap(([code, { byDevice }]) =>
  byDevice ? [code] : [],
);

/** Why another authority gets it (APL 22, 25–27). A suspected crime goes to the judicial organ, by the head's decision (APL 27, 57(1)). */
export const transferReasons = {
  other_matter: { zh: "不属本机关职权", en: "Another authority's matter" },
  other_area: { zh: "不属本辖区", en: "Another district" },
  filed_first: { zh: "其他机关已先立案", en: "Another authority filed first" },
  suspected_crime: { zh: "涉嫌犯罪", en: "Suspected crime" },
  other: { zh: "其他（须说明）", en: "Other (say what)" },
} as const satisfies Record<string, ReasonRow>;

/** The closed table of each question that a step may ask; reasons for closing without filing are the bureau's own (profile). */
const tables = {
  reason: rejectReasons,
  noise: noiseReasons,
  erasure: eraseReasons,
  transfer: transferReasons,
} as const satisfies Partial<Record<ClueAsk, Record<string, ReasonRow>>>;

/** The reasons to choose from, or undefined where the step asks for none of these tables. */
export function reasonsOf(ask: ClueAsk): Readonly<Record<string, ReasonRow>> | undefined {
  return ask in tables ? tables[ask as keyof typeof tables] : undefined;
}

/** What a stored code says, whichever table it came from; codes of the same name say the same. */
export function reasonText(
  code: string,
  closing: readonly (ReasonRow & { code: string })[] = [],
): ReasonRow | undefined {
  for (const table of Object.values(tables) as Readonly<Record<string, ReasonRow>>[])
    if (Object.hasOwn(table, code)) return table[code];
  return closing.find((row) => row.code === code);
}

/** What was asked of whoever brought a record to a state, where that left a code with the record. */
const askedFor = {
  REJECTED: "reason",
  DISCARDED: "noise",
  ERASED: "erasure",
  TRANSFERRED: "transfer",
  CLOSE_PROPOSED: "closing",
  CLOSED_NO_PENALTY: "closing",
} as const satisfies Partial<Record<ClueState, ClueAsk>>;

/** States that a record reaches with a reason. */
export const reasonedStates = Object.keys(askedFor) as (keyof typeof askedFor)[];

/** What a code says of a record in a state: a rejection and the bureau's own list may use one code for two things. */
export function reasonTextIn(
  state: ClueState,
  code: string,
  closing: readonly (ReasonRow & { code: string })[],
): ReasonRow | undefined {
  const ask: ClueAsk | undefined = (askedFor as Partial<Record<ClueState, ClueAsk>>)[state];
  const own = closing.find((row) => row.code === code);
  if (ask === "closing" && own !== undefined) return own;
  const table = ask === undefined ? undefined : reasonsOf(ask);
  return table !== undefined && Object.hasOwn(table, code) ? table[code] : reasonText(code, closing);
}
