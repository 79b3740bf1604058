/** How a file reached us, and who owns the bytes that wait: that decides what becomes of them afterwards. */
export const vias = {
  /** Ours alone: the staged copy goes once the object is stored. */
  upload: { afterStored: "delete", afterRefused: "quarantine" },
  /** Put there for us; never deleted, only moved aside so that it is not taken again. */
  folder: { afterStored: "set-aside", afterRefused: "set-aside" },
  /** Somebody's own file, where it lies: read, never touched; a refused one is copied. */
  command: { afterStored: "leave", afterRefused: "copy" },
  /** Part of a live source, cut by this process. */
  live: { afterStored: "delete", afterRefused: "quarantine" },
  /** Part of the product. */
  demo: { afterStored: "leave", afterRefused: "leave" },
} as const satisfies Record<
  string,
  { afterStored: "delete" | "set-aside" | "leave"; afterRefused: "quarantine" | "set-aside" | "copy" | "leave" }
>;

export type Via = keyof typeof vias;

export function isVia(value: string): value is Via {
  return value in vias;
}
