import type { SeededItems } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { stageOf } from "./open-seeded.ts";

/** Newest first; a bureau chooses dozens of them, not thousands. */
const itemsMax = 500;

/** Every known item with how often it was met and answered rightly. No reviewer is named: this measures items, not people. */
export async function viewSeeded({ db, profile }: Deps): Promise<SeededItems> {
  const rows = await db.seededItem.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: itemsMax,
    include: {
      answers: { select: { right: true } },
      clue: { include: { flag: { include: { evidence: { where: { kind: "wide" }, take: 1 } } } } },
    },
  });
  const people = await db.person.findMany({
    where: { id: { in: rows.map(({ createdBy }) => createdBy) } },
    select: { id: true, name: true },
  });
  return {
    share: profile.review.seededShare,
    reveal: profile.review.seededReveal,
    items: rows.map((row) => ({
      id: row.id,
      clueId: row.clueId,
      stage: stageOf(row),
      answer: row.answer === "pass" ? "pass" : "fail",
      why: row.why,
      violationTitle: findViolation(row.clue.violation)?.title ?? { zh: row.clue.violation, en: row.clue.violation },
      place: row.clue.place,
      pictureId: row.clue.flag.evidence[0]?.id ?? null,
      by: people.find(({ id }) => id === row.createdBy)?.name ?? row.createdBy,
      createdAt: row.createdAt.toISOString(),
      withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
      answered: row.answers.length,
      right: row.answers.filter(({ right }) => right).length,
    })),
  };
}
