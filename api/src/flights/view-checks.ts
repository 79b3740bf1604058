import type { FlightCheckAnswerModel } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";
import { type CheckAnswer, listsOf, newestAnswers } from "@mingcha/models/flight-checks";
import type { FlightChecksView } from "@mingcha/models/http";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { namesOf } from "../people/names-of.ts";
import type { SignedIn } from "../people/sessions.ts";
import { findOwnFlight } from "./find-own-flight.ts";
import { flagsDuring } from "./flags-on.ts";

/** Flags that are laid beside checks. */
const flagsMax = 2_000;

/** Who looks through the pictures of a flight. */
export const checkDuties: readonly Duty[] = ["pilot", "monitor"];

/** The lists a flight serves, what the machine flagged of each check on it, and what a person said. */
export async function viewChecks(deps: Deps, id: string, person: SignedIn): Promise<FlightChecksView> {
  const { db, profile } = deps;
  const flight = await findOwnFlight(deps, id, person);
  const [answers, statement, clips] = await Promise.all([
    db.flightCheckAnswer.findMany({ where: { flightId: id }, orderBy: { ordinal: "asc" } }),
    db.flightStatement.findFirst({ where: { flightId: id }, orderBy: { ordinal: "desc" } }),
    db.clip.findMany({
      where: { flightId: id },
      select: { id: true, sourceId: true, startedAt: true, durationMs: true },
    }),
  ]);
  const [flags, names] = await Promise.all([
    clips.length === 0
      ? []
      : db.flag.findMany({
          where: flagsDuring(flight.sourceId, clips),
          select: { id: true, violation: true },
          orderBy: [{ from: "asc" }, { id: "asc" }],
          take: flagsMax + 1,
        }),
    namesOf(
      db,
      answers.map(({ createdBy }) => createdBy),
    ),
  ]);
  const newest = newestAnswers(answers);
  const lists = listsOf(profile.flightChecklists, statement?.checklists ?? []).map((list) => ({
    id: list.id,
    name: list.name,
    checks: list.checks.map((check) => {
      const answer = newest.get(`${list.id}/${check.id}`);
      return {
        id: check.id,
        text: check.text,
        flagIds: flags.filter(({ violation }) => check.violations.includes(violation)).map((flag) => flag.id),
        hasRule: check.violations.some((code) => findViolation(code) !== undefined),
        answer: answer === undefined ? null : viewAnswer(answer, names),
      };
    }),
  }));
  const checks = lists.flatMap((list) => list.checks);
  return {
    lists,
    answered: checks.filter(({ answer }) => answer !== null).length,
    total: checks.length,
    answers: answers.length,
    mayAnswer: person.duties.some((duty) => checkDuties.includes(duty)),
    isCut: flags.length > flagsMax,
    verified: profile.flightChecklists.verified,
  };
}

const viewAnswer = (row: FlightCheckAnswerModel, names: ReadonlyMap<string, string>) => ({
  answer: row.answer as CheckAnswer,
  frame: row.clipId === null || row.offsetMs === null ? null : { clipId: row.clipId, offsetMs: row.offsetMs },
  note: row.note,
  by: names.get(row.createdBy) ?? row.createdBy,
  at: row.createdAt.toISOString(),
});
