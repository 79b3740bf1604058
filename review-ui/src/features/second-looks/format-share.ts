/** A share as a percentage with at most one decimal. */
export const formatShare = (share: number): string => `${Math.round(share * 1_000) / 10} %`;
