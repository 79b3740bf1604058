import { clueEvents, legalQuestions, technicalQuestions } from "@mingcha/models/clue";
import { clueEventBodySchema } from "@mingcha/models/http";
import { expect, test } from "vitest";
import {
  type Answers,
  eventBodyOf,
  gapsOf,
  type OfferedEvent,
  offersMerged,
  reviewKindOf,
  shownEvents,
  standingRefusals,
  verdictRole,
} from "./review-stage.ts";

const offer = (event: OfferedEvent["event"], guard?: string): OfferedEvent => ({
  event,
  to: "REJECTED",
  title: { zh: event, en: event },
  refusals: guard === undefined ? [] : [{ guard, basis: "b", zh: "不", en: "no" }],
});
const answersOf = (ids: readonly { id: string }[], answer: "pass" | "fail" | "not_applicable" = "pass"): Answers =>
  Object.fromEntries(ids.map(({ id }) => [id, { answer }]));
const everything = answersOf([...technicalQuestions, ...legalQuestions]);

test("an accept carries the answers of its own list only", () => {
  const body = eventBodyOf({ event: "tech_pass", version: 3, answers: everything, timeOnItemMs: 12_345.6 });
  expect(body.checklist?.map((item) => item.id)).toEqual(technicalQuestions.map((item) => item.id));
  expect(body).toMatchObject({ event: "tech_pass", version: 3, timeOnItemMs: 12_346 });
});

test("a merged accept carries both lists", () => {
  const body = eventBodyOf({ event: "merged_pass", version: 1, answers: everything, timeOnItemMs: 0 });
  expect(body.checklist).toHaveLength(technicalQuestions.length + legalQuestions.length);
});

test("notes go along trimmed; empty notes, unanswered questions and strangers stay behind", () => {
  const answers: Answers = {
    true: { answer: "pass", note: "  店招清晰 " },
    clear: { answer: "fail", note: "   " },
    complete: { note: "只有说明" },
    stranger: { answer: "pass" },
  };
  const body = eventBodyOf({
    event: "tech_fail",
    version: 1,
    answers,
    reasonCode: "not_visible",
    note: " ",
    timeOnItemMs: 1,
  });
  expect(body.checklist).toEqual([
    { id: "true", answer: "pass", note: "店招清晰" },
    { id: "clear", answer: "fail" },
  ]);
  expect(body).not.toHaveProperty("note");
  expect(body.reasonCode).toBe("not_visible");
});

test("steps outside the reviews carry no list", () => {
  const body = eventBodyOf({ event: "file", version: 1, answers: everything, handlerIds: ["a", "b"], timeOnItemMs: 1 });
  expect(body.checklist).toEqual([]);
  expect(body.handlerIds).toEqual(["a", "b"]);
});

test("every body the page can make fits the contract", () => {
  for (const event of clueEvents) {
    const body = eventBodyOf({ event, version: 1, answers: everything, timeOnItemMs: 1, note: "说明" });
    expect(clueEventBodySchema.safeParse(body).success, event).toBe(true);
  }
});

test("an open or failed question keeps an accept back; not applicable does not", () => {
  expect(gapsOf("technical", {})).toHaveLength(technicalQuestions.length);
  expect(gapsOf("technical", { ...everything, clock: { answer: "fail" } }).map((item) => item.id)).toEqual(["clock"]);
  expect(gapsOf("technical", { ...everything, clock: { answer: "not_applicable" } })).toEqual([]);
  expect(gapsOf(null, {})).toEqual([]);
});

test("the list on the page follows the state and what the server offers", () => {
  const sequential = [offer("tech_pass"), offer("tech_fail")];
  const merged = [...sequential, offer("merged_pass")];
  expect(reviewKindOf("TECH_REVIEW", sequential, true)).toBe("technical");
  expect(reviewKindOf("TECH_REVIEW", merged, true)).toBe("merged");
  expect(reviewKindOf("TECH_REVIEW", merged, false)).toBe("technical");
  expect(reviewKindOf("LEGAL_REVIEW", [offer("legal_pass")], true)).toBe("legal");
  expect(reviewKindOf("TECH_REVIEW", [], true)).toBeNull();
  expect(reviewKindOf("READY_TO_FILE", [offer("file")], true)).toBeNull();
});

test("a merged sitting offers one accept, not two", () => {
  const merged = [offer("tech_pass"), offer("tech_fail"), offer("merged_pass")];
  const accepts = (kind: "merged" | "technical") =>
    shownEvents(merged, kind)
      .filter((item) => verdictRole(item.event) === "accept")
      .map((item) => item.event);
  expect(accepts("merged")).toEqual(["merged_pass"]);
  expect(accepts("technical")).toEqual(["tech_pass"]);
});

test("a merged review that the policy forbids is shown with its reason and not used", () => {
  const refused = [offer("tech_pass"), offer("merged_pass", "G-08")];
  expect(offersMerged(refused)).toBe(false);
  expect(reviewKindOf("TECH_REVIEW", refused, true)).toBe("technical");
});

test("missing officers do not disable a step that names them itself", () => {
  expect(standingRefusals(offer("file", "G-11"))).toEqual([]);
  expect(standingRefusals(offer("file", "G-07"))).toHaveLength(1);
  expect(standingRefusals(offer("ready", "G-11"))).toHaveLength(1);
});
