/** By clip: what has to be told of where it comes from. */
export type Remarks = ReadonlyMap<string, string>;

/** How an original came to be, as the list of evidence states it: a file taken in on a person's word is not called what a device recorded. */
export function originOf({ id }: { readonly id: string }, remarks: Remarks): { method: string; remark: string | null } {
  const remark = remarks.get(id) ?? null;
  return {
    method: remark === null ? "设备原始记录，未经任何处理" : "文件与设备的通知不符，经人员决定照原样保存，未经任何处理",
    remark,
  };
}
