import type { Duty } from "../people/duties.ts";
import type { DockFileState } from "./states.ts";

/**
 * Who may close a dock's file (house choice): those who take recordings in or look at them first, and the head; not whoever enters docks. Who may have
 * one taken in as it is: those who take recordings in, and not by virtue of reviewing them later.
 */
export const dockDuties = {
  close: ["monitor", "technical_reviewer", "head"],
  admit: ["monitor"],
} as const satisfies Record<string, readonly Duty[]>;

/**
 * What a person may say of a file that did not fit. Nobody waits for a closed one; closing takes nothing in and deletes nothing. One that is admitted is
 * fetched, hashed and examined like any other, and what is made of it carries the mark for good.
 */
export const dockFileSteps = {
  close: { zh: "关闭", en: "Close" },
  reopen: { zh: "重新打开", en: "Open again" },
  admit: { zh: "照原样入库", en: "Take in as it is" },
} as const;
export type DockFileStep = keyof typeof dockFileSteps;

/** Why a file is closed: a house list; the words beside it are the person's own. */
export const dockCloseCauses = {
  not_needed: { zh: "不需要（预览、试飞、误拍）", en: "Not needed (preview, test flight, taken by mistake)" },
  brought_otherwise: { zh: "原件已由其他途径入库", en: "The original was brought another way" },
  lost: { zh: "机场和存储卡上均已没有，无法取得", en: "Neither the dock nor its card has it any more" },
  wrong_notice: { zh: "通知有误，没有这个文件", en: "The message was wrong: there is no such file" },
  other: { zh: "其他", en: "Other" },
} as const satisfies Record<string, { zh: string; en: string }>;
export type DockCloseCause = keyof typeof dockCloseCauses;
export const dockCloseCauseCodes = Object.keys(dockCloseCauses) as [DockCloseCause, ...DockCloseCause[]];

/** States that end a file without its being taken in. */
export const givenUpStates = ["mismatch", "missing", "refused"] as const satisfies readonly DockFileState[];

/** Whether somebody has to look at a file: it was given up, or something happened to its object after it had been taken. */
export const isTrouble = ({ state, reasonCode }: { readonly state: string; readonly reasonCode: string | null }) =>
  (givenUpStates as readonly string[]).includes(state) || (state === "taken" && reasonCode !== null);

export interface DockDecisionRow {
  /** Order within the file, growing. */
  readonly ordinal: number;
  readonly attempt: number;
  readonly step: string;
}

/**
 * The row by which a file is closed; null: it is not. The newest of the attempt counts: a file that came after it had been closed is a new question,
 * and stands open again if it does not fit.
 */
export function closingOf<R extends DockDecisionRow>(rows: readonly R[], attempt: number): R | null {
  const newest = newestOf(rows, attempt);
  return newest?.step === "close" ? newest : null;
}

/** The newest that was said of an attempt. */
export const newestOf = <R extends DockDecisionRow>(rows: readonly R[], attempt: number): R | null =>
  rows.filter((row) => row.attempt === attempt).reduce<R | null>(laterOf, null);

const laterOf = <R extends DockDecisionRow>(a: R | null, b: R): R => (a !== null && a.ordinal > b.ordinal ? a : b);
