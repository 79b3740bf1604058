import type { Duty } from "@mingcha/models";
import type { SourceView } from "@mingcha/models/http";

/** Everyone in the chain and who supervises it; those who fly or run the machines do not browse (api/src/routes/readers.ts). */
export const maySeePictures = (duties: readonly Duty[]): boolean =>
  duties.some((duty) => duty !== "administrator" && duty !== "pilot");

/** Name, place or id contain the text, whatever its case. */
export function matchesSource(source: Pick<SourceView, "id" | "name" | "place">, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === "" || [source.id, source.name, source.place].some((value) => value.toLowerCase().includes(wanted));
}
