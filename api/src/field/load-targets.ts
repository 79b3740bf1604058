import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { type FieldTargetKind, fieldTargetKinds } from "@mingcha/models/field";
import type { FieldTarget } from "@mingcha/models/http";
import { onSiteFindingsSchema, positionSchema } from "@mingcha/models/on-site";
import { findViolation } from "@mingcha/models/violations";
import { z } from "zod";
import { namesOf } from "../people/names-of.ts";
import type { SaidRow } from "./match-clip.ts";

/** What a page says of a target beside the rule's reasons. Nothing of the party: a recording's page is open to more duties than its record's. */
export type TargetView = Pick<FieldTarget, "title" | "place" | "at" | "from" | "to" | "officers" | "caseId"> & {
  readonly district: string | null;
};

const pointSchema = z.object({ longitude: z.number(), latitude: z.number(), place: z.string() });

/** Names, places and times of everything that rows are about, by key. */
export async function loadTargets(
  db: DatabaseOrTransaction,
  rows: readonly SaidRow[],
): Promise<ReadonlyMap<string, TargetView>> {
  const idsOf = (kind: FieldTargetKind): string[] => [
    ...new Set(
      rows.flatMap(({ targetKind, targetId }) => (targetKind === kind && targetId !== null ? [targetId] : [])),
    ),
  ];
  const clueIds = [...new Set(rows.flatMap(({ clueId }) => clueId ?? []))];
  const [clues, checks, dissuasions, objects] = await Promise.all([
    db.clue.findMany({
      where: { id: { in: clueIds } },
      select: {
        id: true,
        violation: true,
        place: true,
        from: true,
        to: true,
        case: { select: { id: true } },
        flag: { select: { source: { select: { longitude: true, latitude: true, district: true } } } },
      },
    }),
    db.onSiteCheck.findMany({ where: { id: { in: idsOf("on_site_check") } }, include: { photos: true } }),
    db.dissuasion.findMany({
      where: { id: { in: idsOf("dissuasion") } },
      select: { id: true, clueId: true, sentAt: true, createdBy: true },
    }),
    db.registerObject.findMany({ where: { id: { in: [...idsOf("site"), ...idsOf("tipping")] } } }),
  ]);
  const names = await namesOf(db, [
    ...checks.flatMap(({ firstOfficerId, secondOfficerId }) => [firstOfficerId, secondOfficerId]),
    ...dissuasions.map(({ createdBy }) => createdBy),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const views = new Map<string, TargetView>();
  for (const row of rows) {
    if (row.targetKey === null || views.has(row.targetKey)) continue;
    const clue = clues.find(({ id }) => id === row.clueId);
    const source = clue?.flag.source;
    const kindName = fieldTargetKinds[row.targetKind as FieldTargetKind];
    const violation = clue === undefined ? null : findViolation(clue.violation)?.title;
    const base: TargetView = {
      title: violation
        ? { zh: `${kindName.zh}：${violation.zh}`, en: `${kindName.en}: ${violation.en}` }
        : { zh: kindName.zh, en: kindName.en },
      place: clue?.place ?? "",
      at:
        source?.longitude != null && source.latitude != null
          ? { longitude: source.longitude, latitude: source.latitude }
          : null,
      from: null,
      to: null,
      officers: [],
      caseId: clue?.case?.id ?? null,
      district: source?.district ?? null,
    };
    const check = checks.find(({ id }) => id === row.targetId);
    const dissuasion = dissuasions.find(({ id }) => id === row.targetId);
    const object = objects.find(({ id }) => id === row.targetId);
    if (check !== undefined) {
      const findings = onSiteFindingsSchema.parse(check.findings);
      const taken = check.photos.flatMap((photo) => positionSchema.safeParse(photo.position).data ?? []);
      const phone = findings.position ?? taken[0];
      views.set(row.targetKey, {
        ...base,
        at: phone === undefined ? base.at : { longitude: phone.longitude, latitude: phone.latitude },
        from: findings.arrivedAt,
        officers: [check.firstOfficerId, check.secondOfficerId].map(nameOf),
      });
    } else if (dissuasion !== undefined)
      views.set(row.targetKey, {
        ...base,
        from: dissuasion.sentAt.toISOString(),
        officers: [nameOf(dissuasion.createdBy)],
      });
    else if (object !== undefined) {
      const point = pointSchema.safeParse(object.document).data;
      views.set(row.targetKey, {
        ...base,
        title: { zh: `${kindName.zh}：${object.name}`, en: `${kindName.en}: ${object.name}` },
        place: point?.place ?? object.place ?? object.name,
        at: point === undefined ? null : { longitude: point.longitude, latitude: point.latitude },
      });
    } else
      views.set(row.targetKey, {
        ...base,
        from: clue?.from.toISOString() ?? null,
        to: clue?.to.toISOString() ?? null,
      });
  }
  return views;
}
