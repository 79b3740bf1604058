import { type ClueTransition, clueActors, guards, mayTake, transitionsFrom } from "@mingcha/models/clue";
import type { Deps } from "../deps.ts";
import { type Bars, districtBar } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { isRecusedFrom, recusalRow } from "../recusals/load-recusals.ts";
import type { LoadedClue } from "./load-clue.ts";

/** Whether the person holds the duty of an arrow at all; guards decide the rest. */
export function mayTry(row: Pick<ClueTransition, "by">, person: Pick<SignedIn, "duties">): boolean {
  return mayTake(row.by, person.duties);
}

/** Why the signed-in person may not act on a record where its state offers them a step: other review, recusal, district. */
export function barredReason(
  { profile }: Pick<Deps, "profile">,
  clue: LoadedClue,
  person: SignedIn,
  bars: Bars,
): { zh: string; en: string } | null {
  const mine = clue.reviews.find((review) => review.reviewerId === person.id && review.kind !== "merged");
  if (clue.state === "LEGAL_REVIEW" && mine?.kind === "technical")
    return {
      zh: "您已作技术审核，不得再作法制审核；由其他法制审核员办理",
      en: "You did the technical review; the legal review must be another person's",
    };
  if (clue.state === "TECH_REVIEW" && mine?.kind === "legal")
    return {
      zh: "您已作法制审核，不得再作技术审核；由其他技术审核员办理",
      en: "You did the legal review; the technical review must be another person's",
    };
  if ((clue.state === "TECH_REVIEW" || clue.state === "LEGAL_REVIEW") && clue.prescreenedBy.includes(person.id))
    return {
      zh: "您预筛过该记录，不得再作审核；由其他审核员办理",
      en: "You pre-screened the record; its reviews must be other people's",
    };
  const step = transitionsFrom(clue.state).find((row) => row.aside !== true && mayTry(row, person));
  if (step === undefined) return null;
  if (isRecusedFrom([...clue.recusals.map(recusalRow), ...bars.standing], person.id, clue)) {
    const { allowed } = guards["H-43"];
    return { zh: `您对该记录应当回避；${allowed.zh}`, en: `You are recused from this record; ${allowed.en}` };
  }
  const { district } = clue.flag.source;
  return districtBar({ profile, district, person, needs: clueActors[step.by], colleagues: bars.colleagues });
}
