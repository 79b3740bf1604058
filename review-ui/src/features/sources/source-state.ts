import type { SourceView } from "@mingcha/models/http";

export const sourceStates = ["working", "suspended", "silent"] as const;
export type SourceState = (typeof sourceStates)[number];

/** What a wall of pictures has to say of each: whether its rules work, and whether there is anything to see at all. */
export function stateOfSource({ lastLook, suspended }: Pick<SourceView, "lastLook" | "suspended">): SourceState {
  if (lastLook === null) return "silent";
  return suspended === null ? "working" : "suspended";
}

/** Name, place or id contain the text, whatever its case. */
export function matchesSource(source: Pick<SourceView, "id" | "name" | "place">, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || [source.id, source.name, source.place].some((value) => value.toLowerCase().includes(wanted));
}
