/** Why a person stays away from a matter (APL 43(1): a direct interest, or another relation that may affect fair enforcement). */
export const recusalReasons = {
  own_interest: { zh: "与本案有直接利害关系", en: "Has a direct interest in the matter" },
  relative: { zh: "与当事人有近亲属关系", en: "Is a close relative of the party" },
  business: { zh: "与当事人有经营、雇佣等经济往来", en: "Has business or employment ties with the party" },
  other_relation: {
    zh: "有其他可能影响公正执法的关系",
    en: "Has another relation that may affect fair enforcement",
  },
} as const;
export type RecusalReason = keyof typeof recusalReasons;
export const recusalReasonCodes = Object.keys(recusalReasons) as [RecusalReason, ...RecusalReason[]];

/** A recusal as it was entered, with what the head decided on it, if anything yet. */
export interface RecusalRow {
  readonly personId: string;
  /** The record it is about; null: standing, for every record at `place`. */
  readonly clueId: string | null;
  readonly place: string | null;
  /** `declared` by the person; `requested` by somebody else; `recorded` by the administrator as a standing fact. */
  readonly kind: RecusalKind;
  readonly decision: "approved" | "refused" | null;
}
export type RecusalKind = "declared" | "requested" | "recorded";

/**
 * Whether a recusal binds. What a person declares, and what stands on record, binds at once and until the head says that it does not;
 * what another asks for binds once the head has approved it: until then the investigation does not stop (APL 43(3)).
 */
export function recusalBinds({ kind, decision }: Pick<RecusalRow, "kind" | "decision">): boolean {
  return kind === "requested" ? decision === "approved" : decision !== "refused";
}

/** Whether a person has to stay away from a record. */
export function isRecused(
  recusals: readonly RecusalRow[],
  personId: string,
  clue: { readonly id: string; readonly place: string },
): boolean {
  return recusals.some(
    (row) =>
      row.personId === personId &&
      recusalBinds(row) &&
      (row.clueId === null ? row.place !== null && placeHolds(row.place, clue.place) : row.clueId === clue.id),
  );
}

/** Places are compared without spaces, case and full-width forms: they were typed by people. */
export function samePlace(a: string, b: string): boolean {
  return placeKey(a) === placeKey(b);
}

/** Whether a record's place is a place or lies in it: `示例路12号` holds `示例路12号 门前公共场地`, and not `示例路121号`. */
export function placeHolds(place: string, found: string): boolean {
  const [outer, inner] = [placeKey(place), placeKey(found)];
  return outer !== "" && inner.startsWith(outer) && !/^\d/.test(/\d$/.test(outer) ? inner.slice(outer.length) : "");
}

export function placeKey(place: string): string {
  return place.normalize("NFKC").replaceAll(/\s+/g, "").toLowerCase();
}
