import { type FieldDecision, foldDecisions, isFieldSource } from "@mingcha/models/field";
import type { FieldFacts } from "@mingcha/models/retention";
import type { DatabaseOrTransaction } from "../db/index.ts";
import { loadRecords } from "./load-acts.ts";

export interface LoadedField {
  readonly facts: FieldFacts;
  /** Records whose rows decide, and those they were merged into. */
  readonly clueIds: readonly string[];
}

/** Recordings of work among clips of one source, each with the records it was linked with or may belong to; none for a source that records no work. */
export async function loadField(
  tx: DatabaseOrTransaction,
  sourceId: string,
  clipIds: readonly string[],
): Promise<ReadonlyMap<string, LoadedField>> {
  const source = await tx.source.findUnique({ where: { id: sourceId }, select: { kind: true } });
  if (source === null || !isFieldSource(source.kind)) return new Map();
  const rows = await tx.fieldDecision.findMany({
    where: { clipId: { in: [...clipIds] } },
    select: { clipId: true, ordinal: true, decision: true, targetKind: true, targetId: true, clueId: true },
  });
  const records = await loadRecords(
    tx,
    rows.flatMap(({ clueId }) => clueId ?? []),
  );
  return new Map(
    clipIds.map((clipId) => {
      const own = rows
        .filter((row) => row.clipId === clipId)
        .map((row) => ({
          ordinal: row.ordinal,
          decision: row.decision as FieldDecision,
          targetKey: row.targetKind === null ? null : `${row.targetKind}:${row.targetId}`,
          clueId: row.clueId,
        }));
      const of = (wanted: "linked" | "proposed") =>
        [...foldDecisions(own).targets.values()].flatMap(({ state, rule, person }) => {
          const clueId = (person ?? rule)?.clueId ?? null;
          const loaded = state === wanted && clueId !== null ? records.get(clueId) : undefined;
          return loaded === undefined ? [] : [loaded];
        });
      const [linked, proposed] = [of("linked"), of("proposed")];
      return [
        clipId,
        {
          facts: {
            isBodyCamera: source.kind === "body",
            linked: linked.map(({ record }) => record),
            proposed: proposed.map(({ record }) => record),
          },
          clueIds: [...linked, ...proposed].flatMap(({ clueIds }) => clueIds),
        },
      ] as const;
    }),
  );
}
