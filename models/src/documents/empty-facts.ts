import type { CaseFacts } from "./case-facts.ts";

/** A case that knows nothing yet: start for filling in, and the hardest test of every document. */
export function emptyCaseFacts(): CaseFacts {
  const handler = { name: null, badgeNo: null };
  return {
    bureau: { name: null, shortName: null, authorityCode: null, address: null, contact: null, phone: null },
    case: {
      number: null,
      cause: null,
      source: null,
      occurredFrom: null,
      occurredTo: null,
      filedOn: null,
      place: null,
      coordinates: null,
    },
    violation: { code: null, titleZh: null, titleEn: null },
    act: {
      sourceName: null,
      deviceId: null,
      spaceZh: null,
      objects: [],
      intervals: [],
      presentS: null,
      evidenceNos: [],
      dissuasion: null,
      recheck: null,
      onSiteCheck: null,
      leftOut: null,
    },
    order: null,
    onSite: null,
    party: { kind: "unknown", description: null },
    evidence: [],
    device: null,
    clock: null,
    model: null,
    corrections: [],
    reviews: { mode: "sequential", mergedPolicyNo: null, technical: null, legal: null },
    provisions: [],
    handlers: [handler, { ...handler }],
    penalty: null,
    statement: { days: null, unit: "working_days", channels: [] },
    hearing: null,
    dueDates: [],
    modelTextVersion: null,
  };
}
