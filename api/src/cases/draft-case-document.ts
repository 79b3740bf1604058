import { buffer } from "node:stream/consumers";
import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { type DocumentId, documentIds, draftDocument, pictureId } from "@mingcha/models/documents";
import type { Deps } from "../deps.ts";
import type { Picture } from "../documents/house-style.ts";
import { renderDocx } from "../documents/render-docx.ts";
import { renderPdf } from "../documents/render-pdf.ts";
import type { SignedIn } from "../people/sessions.ts";
import { collectCaseFacts } from "./collect-case-facts.ts";
import { listRechecks } from "./list-rechecks.ts";
import type { LoadedCase } from "./load-case.ts";
import { onSitePictures } from "./on-site-facts.ts";

/**
 * Drafts a document from the case's facts as they are now, as .docx and PDF, and keeps it as a new version. A draft gets no
 * number and no seal; what is missing stands as a visible blank and is listed.
 */
export async function draftCaseDocument(
  deps: Deps,
  found: LoadedCase,
  template: string,
  person: SignedIn,
): Promise<LoadedCase["documents"][number]> {
  if (!(documentIds as readonly string[]).includes(template))
    throw new AppError("BAD_INPUT", { reason: `没有文书模板 / no template "${template}"` });
  const facts = await collectCaseFacts(deps, found);
  const { layout, missing } = draftDocument(template as DocumentId, facts);
  const pictures = await loadPictures(deps, found, facts.evidence);
  const docx = await deps.store.putBytes(await renderDocx(layout, { pictures }));
  const pdf = await deps.store.putBytes(await renderPdf(layout, { pictures }));
  return deps.db.$transaction(async (tx) => {
    const last = await tx.document.findFirst({ where: { caseId: found.id, template }, orderBy: { version: "desc" } });
    const drafted = await tx.document.create({
      data: {
        caseId: found.id,
        template,
        version: (last?.version ?? 0) + 1,
        facts: JSON.parse(JSON.stringify(facts)),
        missing: missing.map((item) => ({ field: item.field, zh: item.labelZh, en: item.labelEn })),
        docxSha256: docx.sha256,
        pdfSha256: pdf.sha256,
        createdBy: person.id,
      },
    });
    await appendCustody(tx, {
      action: "document.drafted",
      subject: `case:${found.id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: {
        documentId: drafted.id,
        template,
        version: drafted.version,
        docxSha256: docx.sha256,
        pdfSha256: pdf.sha256,
        missing: missing.length,
      },
    });
    return drafted;
  });
}

/** Pictures that papers print, by the id the layout asks for. */
async function loadPictures(
  deps: Deps,
  found: LoadedCase,
  items: readonly { no: number; sha256: string | null; picture: boolean }[],
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  const taken = await onSitePictures(deps, found);
  const looked = (await listRechecks(deps.db, found.clue)).flatMap(({ picture }) => picture ?? []);
  for (const item of items) {
    // a photo of the place is printed from its upright picture; the list names the original
    const evidence =
      [...found.clue.flag.evidence, ...looked].find((row) => row.sha256 === item.sha256) ??
      taken.find(({ originalSha256 }) => originalSha256 === item.sha256);
    if (!item.picture || evidence === undefined) continue;
    const bytes = await buffer(await deps.store.read(evidence.sha256));
    pictures.set(pictureId(item), {
      bytes: new Uint8Array(bytes),
      widthPx: evidence.widthPx,
      heightPx: evidence.heightPx,
    });
  }
  return pictures;
}
