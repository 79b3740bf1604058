import { type RefusalCode, refusalTexts } from "@mingcha/infra/media";

/** Reasons of ingest itself; those of the media tools are added below. */
const ownTexts = {
  file_gone: {
    zh: "文件在入库前已不存在",
    en: "the file was gone before it could be stored",
  },
  hash_mismatch: {
    zh: "文件内容与上传时计算的哈希不一致，未作为原件保存",
    en: "the bytes differ from the hash computed while they were uploaded; they were not stored as an original",
  },
  unknown_source: {
    zh: "所指定的来源不存在，请先登记该来源或附上 scene.json",
    en: "the source it names does not exist; register it first or bring a scene.json",
  },
  scene_invalid: { zh: "随文件提供的场景文件有误", en: "the scene file beside it is not valid" },
  preview_copy: {
    zh: "这是同一录像的低清预览（LRF/LRV），请上传原始录像",
    en: "this is the low-resolution preview (LRF/LRV) of a recording; bring the recording itself",
  },
  no_length: { zh: "录像没有时长", en: "the video has no length" },
  too_long: { zh: "录像声称长于 24 小时", en: "the video claims to be longer than 24 hours" },
  too_large: { zh: "文件大于 64 GB", en: "the file is larger than 64 GB" },
  too_many_attempts: {
    zh: "处理该文件时多次意外中断，已隔离等待人工查看",
    en: "processing broke off several times on this file; it is set aside for a person to look at",
  },
  telemetry_on_word: {
    zh: "人工决定照原样入库的只能是录像和照片，此文件是飞行数据",
    en: "only films and photos are taken in on a person's word; this is telemetry",
  },
  telemetry_too_large: { zh: "飞行数据文件过大", en: "the telemetry file is too large" },
  telemetry_not_text: { zh: "飞行字幕文件不是文本", en: "the telemetry file is not text" },
  telemetry_empty: { zh: "飞行数据文件中没有可用的记录", en: "the telemetry file holds no usable entry" },
  telemetry_unknown_dialect: {
    zh: "不认识的飞行字幕格式",
    en: "the subtitles are of no known telemetry dialect",
  },
  telemetry_unknown_schema: {
    zh: "飞行数据的结构版本尚不认识，原样保存待支持",
    en: "the telemetry follows a schema that is not known yet; it is kept as it came",
  },
  telemetry_old_standard: {
    zh: "飞行数据为旧标准 MISB ST 0104，不予读取",
    en: "the telemetry follows the old standard MISB ST 0104, which is not read",
  },
  telemetry_checksum: {
    zh: "飞行数据校验和不符，不予采用",
    en: "the checksum of the telemetry is wrong; it is not used",
  },
  telemetry_damaged: { zh: "飞行数据已损坏，无法读取", en: "the telemetry is damaged and cannot be read" },
  telemetry_no_position: { zh: "其中没有位置信息", en: "it holds no position" },
} as const;

const texts = { ...refusalTexts, ...ownTexts };
export type IntakeRefusalCode = keyof typeof ownTexts | RefusalCode;

/** Why a file was not taken: kept in its row, shown to people. `detail` follows the text in both languages. */
export interface IntakeRefusal {
  readonly kind: "refused";
  readonly code: IntakeRefusalCode;
  readonly zh: string;
  readonly en: string;
}

const detailLengthMax = 300;

export const refusalText = (code: IntakeRefusalCode): { readonly zh: string; readonly en: string } => texts[code];

export function refuseIntake(code: IntakeRefusalCode, detail?: string): IntakeRefusal {
  const { zh, en } = texts[code];
  const extra = detail === undefined || detail === "" ? null : detail.slice(0, detailLengthMax);
  return { kind: "refused", code, zh: extra ? `${zh}（${extra}）` : zh, en: extra ? `${en} (${extra})` : en };
}
