/** Monday first, as ISO 8601 counts. */
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** The weekdays of "1-5,7", named; `undefined` for all of them. */
export function weekdaysOf(days: string): Weekday[] | undefined {
  const chosen = new Set(
    days.split(",").flatMap((part) => {
      const [from = 1, to = from] = part.split("-").map(Number);
      return Array.from({ length: ((((to - from) % 7) + 7) % 7) + 1 }, (_, nth) => ((from - 1 + nth) % 7) + 1);
    }),
  );
  return chosen.size === 7 ? undefined : weekdays.filter((_, nth) => chosen.has(nth + 1));
}
