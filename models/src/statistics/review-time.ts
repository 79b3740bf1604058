/** Fewer reviews tell no time: one slow record would be the figure. House rule. */
export const timedReviewsMin = 10;
/** Reviews of one person alone would be a figure of that person (APL 74(3), domain 0.3 no. 15). */
export const timedPeopleMin = 2;

export const mayTellTime = ({ reviews, people }: { reviews: number; people: number }): boolean =>
  reviews >= timedReviewsMin && people >= timedPeopleMin;
