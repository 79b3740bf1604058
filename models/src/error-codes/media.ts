import type { ErrorRow } from "./error-row.ts";

/** Of recordings, the store and what is kept how long. */
export const mediaErrors = {
  MEDIA_REFUSED: {
    status: 422,
    retryable: false,
    zh: "该媒体文件不能使用：{zh}",
    en: "This media file cannot be used: {en}",
    allowed: { zh: "请换用未损坏的原始文件。", en: "Please use an undamaged original file." },
  },
  STORE_FULL: {
    status: 507,
    retryable: true,
    zh: "存储空间不足，暂不接收新文件。",
    en: "The store is nearly full; no new files are accepted.",
  },
  STORE_LOW: {
    status: 507,
    retryable: true,
    zh: "存储空间偏低，可以等待的文件暂不入库。",
    en: "There is little room; files that may wait are not taken in yet.",
    allowed: {
      zh: "文件留在原处，空间恢复后自动入库。",
      en: "They stay where they are and come in when there is more.",
    },
  },
  MEDIA_DELETED: {
    status: 410,
    retryable: false,
    zh: "该影像已于 {date} 按规定到期删除（删除证明第 {number} 号）。",
    en: "This imagery was deleted on {date} when its time was over (certificate {number}).",
    allowed: {
      zh: "记录、哈希与删除证明仍可查阅，见“留存与删除”。",
      en: "The record, its hashes and the certificate can still be read under “Retention”.",
    },
  },
  HOLD_TERM: {
    status: 422,
    retryable: false,
    zh: "保全期限须晚于现在，且不超过 {days} 天。",
    en: "A legal hold has to end after now and within {days} days.",
    allowed: { zh: "请改期；到期前可再次保全。", en: "Choose another date; another hold may follow." },
  },
  HOLD_EMPTY: {
    status: 422,
    retryable: false,
    zh: "所选范围内的影像已全部按规定删除，没有可保全的内容。",
    en: "All imagery of that stretch was deleted when its time was over; there is nothing left to hold.",
    allowed: { zh: "删除证明见“留存与删除”。", en: "The certificates are under “Retention”." },
  },
  HOLD_SAME_PERSON: {
    status: 403,
    retryable: false,
    zh: "解除保全须由两人办理：提出的人不能自己确认。",
    en: "Lifting a legal hold takes two people: whoever proposed it may not confirm it.",
    allowed: { zh: "请由另一名机关负责人或监督审计员确认。", en: "Another head or auditor confirms it." },
  },
  HASH_MISMATCH: {
    status: 422,
    retryable: false,
    zh: "文件哈希与原件不一致。",
    en: "The file's hash differs from the original's.",
    allowed: { zh: "请重新上传原件。", en: "Please upload the original again." },
  },
} as const satisfies Record<string, ErrorRow>;
