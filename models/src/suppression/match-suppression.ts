import { z } from "zod";
import type { BoxNorm } from "../geometry/box.ts";
import { isAlike } from "./is-alike.ts";

/** A suppression that a person approved, as far as acts are compared with it. Times are capture times. */
export interface Suppression {
  readonly id: string;
  readonly boxNorm: BoxNorm;
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly revokedAtMs: number | null;
}

/** An act as the rules found it: when, and the boxes of everything that stood, 0..1 of the picture. */
export interface SuppressibleAct {
  readonly boxNorm: BoxNorm;
  readonly fromMs: number;
  readonly toMs: number;
  readonly spots: readonly { readonly boxNorm: BoxNorm }[];
}

export const suppressedBoxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** Reads a stored row; throws where its box is no box. */
export function readSuppression(row: {
  id: string;
  boxNorm: unknown;
  validFrom: Date;
  validUntil: Date;
  revokedAt: Date | null;
}): Suppression {
  return {
    id: row.id,
    boxNorm: suppressedBoxSchema.parse(row.boxNorm),
    validFromMs: row.validFrom.getTime(),
    validUntilMs: row.validUntil.getTime(),
    revokedAtMs: row.revokedAt?.getTime() ?? null,
  };
}

/** When a suppression ends: its date, or the moment it was revoked. */
export const endOfSuppression = ({ validUntilMs, revokedAtMs }: Suppression): number =>
  Math.min(validUntilMs, revokedAtMs ?? Number.POSITIVE_INFINITY);

/**
 * The suppression that covers an act, of those of its source and rule, or undefined: every spot of the act must be the suppressed
 * look, so one stray thing elsewhere is flagged with all the rest. The whole act must lie in the time of the suppression: what
 * stood before the approval stays what it was, and what still stands after the end is flagged, however long it was suppressed.
 * Only capture times count, so the same looks give the same answer whenever they are read.
 */
export function matchSuppression(suppressions: readonly Suppression[], act: SuppressibleAct): Suppression | undefined {
  const boxes = act.spots.length > 0 ? act.spots.map((spot) => spot.boxNorm) : [act.boxNorm];
  return suppressions.find(
    (suppression) =>
      act.fromMs >= suppression.validFromMs &&
      act.toMs < endOfSuppression(suppression) &&
      boxes.every((box) => isAlike(box, suppression.boxNorm)),
  );
}
