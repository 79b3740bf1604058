import type { OnSiteCheckView } from "@mingcha/models/http";
import type { OnSiteFindings } from "@mingcha/models/on-site";
import { useEffect, useRef, useState } from "react";
import { type Draft, dropDraft, keepDraft, keptDraft } from "./queue/phone-store.ts";

export type Field = keyof OnSiteFindings;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Fields that the other officer changed while this one was writing them. */
export function conflictsOf(draft: Pick<Draft, "said" | "base">, stored: OnSiteFindings): Field[] {
  return (Object.keys(draft.said) as Field[]).filter(
    (field) => !same(draft.base[field], stored[field]) && !same(draft.said[field], stored[field]),
  );
}

/** What would be sent: fields that differ from what stands there. */
export function changesOf(said: Partial<OnSiteFindings>, stored: OnSiteFindings): Partial<OnSiteFindings> {
  return Object.fromEntries(
    (Object.keys(said) as Field[])
      .filter((field) => !same(said[field], stored[field]))
      .map((field) => [field, said[field]]),
  );
}

/**
 * What an officer writes, over what is stored. Every stroke is kept in the browser's own database until it is saved, so that a phone that
 * goes off loses nothing.
 */
export function useDraft(check: OnSiteCheckView, personId: string) {
  const stored = check.findings;
  const [draft, setDraft] = useState<Pick<Draft, "said" | "base">>({ said: {}, base: {} });
  const loaded = useRef(false);
  useEffect(() => {
    keptDraft(check.id, personId)
      .then((kept) => {
        // what was typed meanwhile is newer
        if (kept) setDraft(({ said, base }) => ({ said: { ...kept.said, ...said }, base: { ...kept.base, ...base } }));
      })
      .catch(() => undefined)
      .finally(() => {
        loaded.current = true;
      });
  }, [check.id, personId]);
  const changes = changesOf(draft.said, stored);
  const isDirty = Object.keys(changes).length > 0;
  useEffect(() => {
    if (!loaded.current) return;
    const work = isDirty
      ? keepDraft({ checkId: check.id, personId, ...draft })
      : dropDraft(check.id, personId).then(() => undefined);
    work.catch(() => undefined);
  }, [check.id, personId, draft, isDirty]);

  return {
    value: { ...stored, ...draft.said } as OnSiteFindings,
    changes,
    isDirty,
    conflicts: conflictsOf(draft, stored),
    set: (change: Partial<OnSiteFindings>) =>
      setDraft(({ said, base }) => ({
        said: { ...said, ...change },
        base: {
          ...Object.fromEntries((Object.keys(change) as Field[]).map((field) => [field, stored[field]])),
          ...base,
        },
      })),
    /** The own words instead of the other's. */
    keepMine: (field: Field) => setDraft(({ said, base }) => ({ said, base: { ...base, [field]: stored[field] } })),
    takeTheirs: (field: Field) =>
      setDraft(({ said, base }) => ({
        said: Object.fromEntries(Object.entries(said).filter(([key]) => key !== field)),
        base,
      })),
    forget: () => setDraft({ said: {}, base: {} }),
  };
}

export type DraftState = ReturnType<typeof useDraft>;
