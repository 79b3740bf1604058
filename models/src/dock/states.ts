/**
 * A dock's file on its way in. noticed → verified → taken; each of them may end in one of the others, with a reason. What was given up and comes
 * after all, or comes otherwise, is noticed again (take-up.ts).
 */
export const dockFileStates = {
  noticed: { zh: "已通知，待核对", en: "Announced, to be checked", next: ["verified", "mismatch", "missing"] },
  verified: { zh: "已核对，入库中", en: "Checked, being stored", next: ["taken", "refused", "mismatch"] },
  taken: { zh: "已入库", en: "Taken in", next: [] },
  mismatch: { zh: "不符，未入库", en: "Does not agree, not taken", next: ["noticed"] },
  missing: { zh: "文件未到", en: "Never came", next: ["noticed"] },
  refused: { zh: "拒收", en: "Refused", next: ["noticed"] },
} as const satisfies Record<string, { zh: string; en: string; next: readonly string[] }>;
export type DockFileState = keyof typeof dockFileStates;
export const dockFileStateCodes = Object.keys(dockFileStates) as [DockFileState, ...DockFileState[]];

/** States in which something is still to be done. */
export const openFileStates = ["noticed", "verified"] as const satisfies readonly DockFileState[];

/**
 * Why a file stands where it stands. Of a refused one the intake's own words. `answeredBy`: what under the same name makes it be looked at again:
 * any object, another one than that which was judged, that which was seen at first, or none.
 */
export const dockFileReasons = {
  object_missing: {
    zh: "机场通知已上传，但对象存储中始终没有该文件",
    en: "the dock announced it, but the object never came",
    answeredBy: "any",
  },
  size_differs: {
    zh: "文件大小与机场通知的不一致",
    en: "its size differs from what the dock's message said",
    answeredBy: "other",
  },
  hash_differs: {
    zh: "下载的内容与对象存储登记的校验值不一致",
    en: "the bytes differ from the checksum that the object store states",
    answeredBy: "other",
  },
  overwritten: {
    zh: "通知之后对象被改写，不能确定哪一份是原件",
    en: "the object was overwritten after it was announced: which one is the original cannot be told",
    answeredBy: "nothing",
  },
  object_gone: {
    zh: "通知之后对象被删除",
    en: "the object was removed after it had been seen",
    answeredBy: "return",
  },
  overwritten_after: {
    zh: "入库之后机场又以同名写入了对象（对象存储的标识不同，内容可能不同）；已入库的不变，后来的对象留在上传桶中待人工查看",
    en: "after it had been taken in, an object was written under the same name again (its etag differs, so its bytes may); what was taken stays, the later object waits in the bucket for a person",
    answeredBy: "nothing",
  },
  empty: { zh: "文件为空", en: "it is empty", answeredBy: "other" },
  too_large: { zh: "文件大于 64 GB", en: "it is larger than 64 GB", answeredBy: "other" },
  bad_key: {
    zh: "对象名不符合 docks/序列号/飞行/文件名 的规则",
    en: "its key is not of the form docks/serial/flight/name",
    answeredBy: "nothing",
  },
} as const satisfies Record<string, { zh: string; en: string; answeredBy: "any" | "other" | "return" | "nothing" }>;
export type DockFileReason = keyof typeof dockFileReasons;

/** A file is larger than what ingest takes from anywhere. */
export const dockFileBytesMax = 64 * 1024 ** 3;
