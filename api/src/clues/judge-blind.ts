import type { ClueDetail, ClueItem } from "@mingcha/models/http";
import type { Profile } from "@mingcha/models/profile";
import type { SignedIn } from "../people/sessions.ts";
import type { LoadedClue } from "./load-clue.ts";

/**
 * Whether a person is to judge without knowing what the first reviewer said (a house rule of the profile): whoever may give the legal
 * review and has not given it in this round. Corrected facts stay visible: they are the record.
 */
export function judgesBlind(
  { review }: Pick<Profile, "review">,
  clue: Pick<LoadedClue, "state" | "round" | "reviews">,
  person: SignedIn,
): boolean {
  return (
    review.blind &&
    clue.state === "LEGAL_REVIEW" &&
    person.duties.includes("legal_reviewer") &&
    !clue.reviews.some(({ round, reviewerId }) => round === clue.round && reviewerId === person.id)
  );
}

/** What a list may say of it. */
export const hideScore = (item: ClueItem): ClueItem => ({ ...item, score: null });

/** Leaves out of a record's page what others said of it and how sure the model was. Own earlier words stay. */
export function hideReviews(view: ClueDetail, ownReviewIds: ReadonlySet<string>): ClueDetail {
  return {
    ...view,
    blind: true,
    score: null,
    note: null,
    closeReason: null,
    flag: { ...view.flag, readings: [] },
    looks: view.looks.map((look) => ({ ...look, boxes: look.boxes.map((box) => ({ ...box, score: null })) })),
    joined: { ...view.joined, items: view.joined.items.map((item) => ({ ...item, score: null })) },
    reviews: view.reviews.filter(({ id }) => ownReviewIds.has(id)),
    corrections: view.corrections.map((item) => ({ ...item, note: null, by: null, byBadgeNo: null })),
  };
}
