/** How a file reached us, and who owns the bytes that wait: that decides what becomes of them afterwards. */
export const vias = {
  /** Ours alone: the staged copy goes once the object is stored. */
  upload: { afterStored: "delete", afterRefused: "quarantine", mayWait: false, groupsHoldMany: true },
  /** Put there for us; never deleted, only moved aside so that it is not taken again. */
  folder: { afterStored: "set-aside", afterRefused: "set-aside", mayWait: true, groupsHoldMany: false },
  /** Somebody's own file, where it lies: read, never touched; a refused one is copied. */
  command: { afterStored: "leave", afterRefused: "copy", mayWait: false, groupsHoldMany: false },
  /** Part of a live source, cut by this process. */
  live: { afterStored: "delete", afterRefused: "quarantine", mayWait: false, groupsHoldMany: false },
  /** Fetched from the bucket into which a dock uploads, where it lies until it is stored. */
  dock: { afterStored: "delete", afterRefused: "quarantine", mayWait: true, groupsHoldMany: true },
  /** Part of the product. */
  demo: { afterStored: "leave", afterRefused: "leave", mayWait: false, groupsHoldMany: false },
} as const satisfies Record<
  string,
  {
    afterStored: "delete" | "set-aside" | "leave";
    afterRefused: "quarantine" | "set-aside" | "copy" | "leave";
    /** Nothing is lost where it lies: with little room it is taken in later, so that there is room for what cannot wait. */
    mayWait: boolean;
    /** A group is a whole flight, whose recordings are told apart by base name; else it is one recording. */
    groupsHoldMany: boolean;
  }
>;

export type Via = keyof typeof vias;

export function isVia(value: string): value is Via {
  return value in vias;
}
