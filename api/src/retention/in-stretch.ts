import { Prisma } from "@mingcha/infra/db";

/** A condition on `clip`: it was recorded in a stretch, or may have been by how unsure its start is (as infra's load-holds). */
export const inStretch = ({ from, to }: { from: Date; to: Date }): Prisma.Sql => Prisma.sql`(
  clip.started_at - clip.start_uncertainty_ms * interval '1 millisecond' <= ${to}
  and clip.started_at + (clip.duration_ms + clip.start_uncertainty_ms::bigint) * interval '1 millisecond' >= ${from})`;
