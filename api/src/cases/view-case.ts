import { pictureFaults } from "@mingcha/models/clue";
import { createFiller, documents, writeFacts } from "@mingcha/models/documents";
import { type CaseDetail, type CaseItem, partySchema, proposalSchema } from "@mingcha/models/http";
import { findPolicy, localDay, provisionsOn } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import { findOriginals } from "../clues/load-clue.ts";
import { viewEvidence } from "../clues/view-evidence.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { collectCaseFacts } from "./collect-case-facts.ts";
import { evidenceOf, leftOutOfCase, provesOf } from "./list-evidence.ts";
import { listRechecks, type Recheck } from "./list-rechecks.ts";
import type { LoadedCase } from "./load-case.ts";

const dueDatesSchema = z.array(
  z.object({
    id: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    dueOn: z.string(),
    unit: z.string(),
    basis: z.string(),
  }),
);
const missingSchema = z.array(z.object({ field: z.string(), zh: z.string(), en: z.string() }));

export function viewCaseItem(deps: Deps, found: LoadedCase): CaseItem {
  const today = localDay(deps.now(), deps.profile.timezone);
  const due = dueDatesSchema.parse(found.dueDates);
  const next = due.filter((row) => row.dueOn >= today).sort((a, b) => a.dueOn.localeCompare(b.dueOn))[0] ?? null;
  return {
    id: found.id,
    clueId: found.clueId,
    state: found.state,
    number: found.number,
    cause: found.cause,
    violation: found.violation,
    violationTitle: findViolation(found.violation)?.title ?? { zh: found.violation, en: found.violation },
    place: found.place,
    from: found.from.toISOString(),
    to: found.to.toISOString(),
    filedAt: found.filedAt.toISOString(),
    handlers: found.handlers.map(({ person }) => ({ id: person.id, name: person.name, badgeNo: person.badgeNo })),
    nextDue: next === null ? null : { id: next.id, title: next.title, dueOn: next.dueOn, basis: next.basis },
    version: found.version,
  };
}

export async function viewCase(deps: Deps, found: LoadedCase, person: SignedIn): Promise<CaseDetail> {
  const facts = await collectCaseFacts(deps, found);
  const clips = await findOriginals(deps.db, found.clue);
  const pictures = evidenceOf(found, clips);
  const fault = leftOutOfCase(found);
  const policy = findPolicy(deps.profile, found.violation);
  const day = localDay(found.from, found.clue.flag.source.timezone);
  return {
    ...viewCaseItem(deps, found),
    party: partySchema.catch({ kind: "unknown" }).parse(found.party),
    proposal: proposalSchema.catch({}).parse(found.proposal),
    factsText: writeFacts(facts, createFiller())
      .map((runs) => runs.map((run) => run.text).join(""))
      .join("\n"),
    leftOut: fault === null ? null : { ...pictureFaults[fault], items: facts.act.leftOut?.items.length ?? 0 },
    evidence: (fault === null ? pictures : []).map((item) => ({ ...viewEvidence(item), proves: provesOf(item.kind) })),
    rechecks: (fault === null ? await listRechecks(deps.db, found.clue) : []).map(viewRecheck),
    originals: (fault === null ? clips : []).map((clip) => ({
      clipId: clip.id,
      fileName: clip.fileName,
      sha256: clip.sha256,
      sizeBytes: Number(clip.sizeBytes),
      startedAt: clip.startedAt.toISOString(),
    })),
    provisions:
      policy === null
        ? []
        : provisionsOn(policy, day).map((item) => ({
            law: item.law,
            article: item.article,
            use: item.use,
            verified: item.verifiedBy !== null,
            note: item.source,
          })),
    dueDates: dueDatesSchema.parse(found.dueDates),
    documents: documents.map(({ id, titleZh, titleEn }) => {
      const latest = found.documents.find((document) => document.template === id);
      return { template: id, titleZh, titleEn, latest: latest === undefined ? null : viewDocument(latest) };
    }),
    mayEdit: found.handlers.some((handler) => handler.personId === person.id),
  };
}

function viewRecheck({ at, correctBy, state, clip, offsetMs, picture }: Recheck): CaseDetail["rechecks"][number] {
  return {
    at: at.toISOString(),
    correctBy: correctBy.toISOString(),
    state,
    clipId: clip.id,
    fileName: clip.fileName,
    offsetMs,
    sha256: clip.sha256,
    pictureSha256: picture?.sha256 ?? null,
  };
}

export function viewDocument(row: LoadedCase["documents"][number]) {
  const definition = documents.find((document) => document.id === row.template);
  return {
    id: row.id,
    template: row.template,
    titleZh: definition?.titleZh ?? row.template,
    titleEn: definition?.titleEn ?? row.template,
    version: row.version,
    missing: missingSchema.parse(row.missing),
    docxSha256: row.docxSha256,
    pdfSha256: row.pdfSha256,
    createdAt: row.createdAt.toISOString(),
  };
}
