import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { FieldCandidate } from "@mingcha/models/field";

/** A stretch of time and ground that a recording may have seen, with its error; whose it is. */
export interface Around {
  readonly sourceId: string;
  readonly from: Date;
  readonly to: Date;
  /** Box around its fixes, degrees; null: it has none. */
  readonly box: { readonly west: number; readonly south: number; readonly east: number; readonly north: number } | null;
  /** Its carriers by assignment. */
  readonly personIds: readonly string[];
}

/** Something that changed, and which recordings it bears on. */
export interface Changed {
  readonly at: Date;
  readonly from: Date;
  readonly to: Date;
  /** Only recordings of this device; null: of all. */
  readonly sourceId: string | null;
  /** Where it was; null: not said. What stands elsewhere, or where nothing is said, has seen none of it. */
  readonly near: { readonly longitude: number; readonly latitude: number } | null;
}

/**
 * A kind of thing that recordings may belong to. A new one (a service, a hearing) is a file with this shape and a line in `index.ts`: the rule,
 * the page and retention read `FieldCandidate` alone.
 */
export interface FieldSteps {
  readonly name: string;
  readonly around: (db: DatabaseOrTransaction, around: Around) => Promise<FieldCandidate[]>;
  /** What has changed since an instant: rows that came late find recordings that came early. */
  readonly changed: (db: DatabaseOrTransaction, since: Date) => Promise<Changed[]>;
}
