import type { CaseFacts } from "./case-facts.ts";
import { correctionOrder } from "./correction-order.ts";
import type { BuildOptions, Built } from "./define.ts";
import { evidenceList } from "./evidence-list.ts";
import { filingApproval } from "./filing-approval.ts";
import { onSiteRecord } from "./on-site-record.ts";
import { penaltyNotice } from "./penalty-notice.ts";
import { recordReviewForm } from "./record-review-form.ts";

/** Every document the house can draft, in the order a case needs them. A new one is one file and one line here. */
export const documents = [
  recordReviewForm,
  correctionOrder,
  onSiteRecord,
  evidenceList,
  filingApproval,
  penaltyNotice,
] as const;

export type DocumentId = (typeof documents)[number]["id"];
export const documentIds = documents.map((document) => document.id) as [DocumentId, ...DocumentId[]];

const byId = Object.fromEntries(documents.map((document) => [document.id, document])) as {
  [Id in DocumentId]: Extract<(typeof documents)[number], { id: Id }>;
};

/** The definition of one document. */
export function findDocument<Id extends DocumentId>(id: Id): (typeof byId)[Id] {
  return byId[id];
}

/** Drafts one document from the case's own facts: pure, the same facts give the same layout. */
export function draftDocument(id: DocumentId, facts: CaseFacts, options: BuildOptions = {}): Built {
  return byId[id].build(facts, options);
}

export * from "./act-facts.ts";
export * from "./case-facts.ts";
export type { BuildOptions, Built, DocumentDefinition } from "./define.ts";
export * from "./deletion-paper.ts";
export { emptyCaseFacts } from "./empty-facts.ts";
export * from "./evidence-facts.ts";
export * from "./facts-basics.ts";
export { writeFacts } from "./facts-text.ts";
export { blankText, createFiller, type MissingFact } from "./fill.ts";
export type * from "./layout.ts";
export { layoutRuns, layoutText } from "./layout-text.ts";
export { defaultNumberPattern, formatDocumentNumber, type NumberParts, type NumberPattern } from "./number-pattern.ts";
export * from "./on-site-facts.ts";
export * from "./order-facts.ts";
export * from "./penalty-facts.ts";
export { printDate, printDuration, proseTime, tableTime } from "./print-time.ts";
export { printYuan } from "./print-yuan.ts";
export { unverifiedMark } from "./provisions-text.ts";
export * from "./review-facts.ts";
export { sampleCaseFacts } from "./sample-facts.ts";
