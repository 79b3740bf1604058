const units = ["KiB", "MiB", "GiB", "TiB"] as const;

/** `4.82 MiB（5,054,120 字节）`: readable, and exact beside it. */
export function printBytes(bytes: number): string {
  const exact = `${bytes.toLocaleString("en-US")} 字节`;
  let size = bytes / 1024;
  if (size < 1) return exact;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(2)} ${units[unit]}（${exact}）`;
}
