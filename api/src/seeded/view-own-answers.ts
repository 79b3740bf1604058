import type { ClueEvent } from "@mingcha/models/clue";
import { type OwnKnown, ownKnownKinds } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import { startOfDay } from "@mingcha/models/statistics";
import { findViolation } from "@mingcha/models/violations";
import { reviewOf } from "../clues/move-clue.ts";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { stageOf } from "./open-seeded.ts";

/** Newest first; the totals count all of them. */
const itemsMax = 100;

type Kind = (typeof ownKnownKinds)[number];

function kindOf(answer: { right: boolean; event: string }): Kind {
  if (answer.right) return "right";
  const result = reviewOf[answer.event as ClueEvent]?.result;
  return result === "pass" ? "passed_wrongly" : result === "fail" ? "failed_wrongly" : "undecided";
}

/**
 * The signed-in person's own answers to known items, for training; no route tells them of anybody else. Where the bureau does not tell answers
 * after a verdict, only numbers are told, and only up to the day before: a number that grows after a verdict would tell which record it was.
 */
export async function viewOwnAnswers({ db, profile, now }: Deps, person: SignedIn): Promise<OwnKnown> {
  const { seededReveal: reveal } = profile.review;
  const told = reveal === "after_verdict";
  const until = told ? null : new Date(startOfDay(localDay(now(), profile.timezone), profile.timezone));
  const answers = await db.seededAnswer.findMany({
    where: { personId: person.id, ...(until === null ? {} : { createdAt: { lt: until } }) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { item: { include: { clue: { select: { violation: true, place: true } } } } },
  });
  // what was taken out of the queues may have been wrong itself
  const counted = answers.filter(({ item }) => item.withdrawnAt === null);
  const totals = (["technical", "legal"] as const).flatMap((stage) => {
    const own = counted.filter(({ item }) => stageOf(item) === stage);
    if (own.length === 0) return [];
    const count = (kind: Kind) => own.filter((answer) => kindOf(answer) === kind).length;
    return [{ stage, answered: own.length, kinds: ownKnownKinds.map((kind) => ({ kind, count: count(kind) })) }];
  });
  return {
    reveal,
    until: until?.toISOString() ?? null,
    totals,
    items: told
      ? answers.slice(0, itemsMax).map(({ item, ...answer }) => ({
          id: item.id,
          stage: stageOf(item),
          kind: kindOf(answer),
          answer: item.answer === "pass" ? ("pass" as const) : ("fail" as const),
          why: item.why,
          violationTitle: findViolation(item.clue.violation)?.title ?? {
            zh: item.clue.violation,
            en: item.clue.violation,
          },
          place: item.clue.place,
          at: answer.createdAt.toISOString(),
          withdrawn: item.withdrawnAt !== null,
        }))
      : null,
  };
}
