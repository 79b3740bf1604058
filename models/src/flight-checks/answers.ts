import type { FlightChecklist, FlightChecklists } from "./checklists.ts";

/** What a person may say of one check after looking at the pictures of a flight. What the machine flagged answers nothing by itself. */
export const checkAnswers = {
  clear: { zh: "未见", en: "Nothing seen" },
  found: { zh: "发现", en: "Found" },
  unseen: { zh: "看不清", en: "Cannot be seen" },
} as const;
export type CheckAnswer = keyof typeof checkAnswers;
export const checkAnswerCodes = Object.keys(checkAnswers) as [CheckAnswer, ...CheckAnswer[]];

/** The lists that count for a flight: those its pilot chose, else all; a list that the bureau no longer has counts no more. */
export function listsOf({ items }: FlightChecklists, chosen: readonly string[]): readonly FlightChecklist[] {
  const wanted = items.filter(({ id }) => chosen.includes(id));
  return wanted.length === 0 ? items : wanted;
}

/** Whether a list has such a check. */
export const hasCheck = ({ items }: FlightChecklists, listId: string, checkId: string): boolean =>
  items.some((list) => list.id === listId && list.checks.some((check) => check.id === checkId));

interface Answered {
  readonly listId: string;
  readonly checkId: string;
}

/** The newest answer to each check, by `listId/checkId`. Answers oldest first. */
export const newestAnswers = <A extends Answered>(answers: readonly A[]): ReadonlyMap<string, A> =>
  new Map(answers.map((answer) => [`${answer.listId}/${answer.checkId}`, answer]));
