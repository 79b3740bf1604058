import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import { type CaseFacts, emptyCaseFacts, findDocument } from "@mingcha/models/documents";
import { localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import { correctionActFacts } from "../cases/correction-act-facts.ts";
import { bureauFacts, orderFacts, provisionFacts } from "../cases/facts-of-profile.ts";
import type { Deps } from "../deps.ts";
import { renderDocx } from "../documents/render-docx.ts";
import { renderPdf } from "../documents/render-pdf.ts";
import { assertDistrict } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { assertNotRecused } from "../recusals/assert-not-recused.ts";
import type { LoadedClue } from "./load-clue.ts";
import { ordersGiven } from "./orders-given.ts";

/**
 * The newest order to correct of a record as a paper to hand over, before there is a case: rendered from the record's facts, kept in the
 * store by its hash, told in the custody log. Who the party is and who the second officer was stay visible blanks. Throws where nothing was ordered.
 */
export async function draftCorrectionOrder(
  deps: Deps,
  clue: LoadedClue,
  format: "pdf" | "docx",
  person: SignedIn,
): Promise<{ sha256: string }> {
  const { district } = clue.flag.source;
  await assertDistrict(deps.db, { profile: deps.profile, district, person, needs: [["handler"]] });
  await assertNotRecused(deps.db, clue, person.id);
  const order = ordersGiven(clue).at(-1);
  if (order === undefined)
    throw new AppError("BAD_INPUT", {
      reason:
        "该记录没有已送出的责令改正；先劝阻并责令改正 / no order to correct reached the party yet; dissuade and order first",
    });
  const { layout, missing } = findDocument("correction-order").build(await factsOf(deps, clue, order.createdBy));
  const { sha256 } = await deps.store.putBytes(await (format === "pdf" ? renderPdf(layout) : renderDocx(layout)));
  await deps.db.$transaction((tx) =>
    appendCustody(tx, {
      action: "document.drafted",
      subject: `clue:${clue.id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { template: "correction-order", dissuasionId: order.id, format, sha256, missing: missing.length },
    }),
  );
  return { sha256 };
}

async function factsOf({ db, profile }: Deps, clue: LoadedClue, officerId: string): Promise<CaseFacts> {
  const empty = emptyCaseFacts();
  const { source } = clue.flag;
  const violation = findViolation(clue.violation);
  const officer = await db.person.findUnique({ where: { id: officerId }, select: { name: true, badgeNo: true } });
  return {
    ...empty,
    bureau: bureauFacts(profile),
    case: {
      ...empty.case,
      occurredFrom: clue.from.toISOString(),
      occurredTo: clue.to.toISOString(),
      place: clue.place,
    },
    violation: { code: clue.violation, titleZh: violation?.title.zh ?? null, titleEn: violation?.title.en ?? null },
    act: { ...empty.act, ...(await correctionActFacts(db, clue, [])) },
    order: orderFacts(profile, clue.violation),
    provisions: provisionFacts(profile, clue.violation, localDay(clue.from, source.timezone)),
    handlers: [officer ?? empty.handlers[0], empty.handlers[1]],
  };
}
