import type { Prisma } from "@mingcha/infra/db";
import type { Duty } from "@mingcha/models";
import type { ObjectFactView, ObjectItem, ObjectVersionView } from "@mingcha/models/http";
import {
  changedFields,
  isMuckFact,
  nameOf,
  type ObjectFact,
  objectColumns,
  objectDuties,
  placeOf,
} from "@mingcha/models/objects";
import { type RouteLines, routeText } from "@mingcha/models/trips";
import { factOf, type ObjectRow } from "./register-row.ts";
import { rowOf } from "./write-rows.ts";

export const mayWrite = ({ duties }: { duties: readonly Duty[] }): boolean =>
  duties.some((duty) => (objectDuties.write as readonly Duty[]).includes(duty));

/** An object for a page. `phone`: whether the person needs its telephone number (PIPL 6, 34: no more than needed). */
export function viewObject(row: ObjectRow, phone: boolean): ObjectItem {
  return {
    id: row.id,
    kind: row.kind as ObjectItem["kind"],
    name: row.name,
    place: row.place,
    version: row.version,
    demo: row.demo,
    closed: row.closedAt === null ? null : { at: row.closedAt.toISOString(), reason: row.closedReason ?? "" },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    fact: viewFact(factOf(row), phone),
  };
}

const nothing: ObjectFactView = {
  kind: "shop",
  name: null,
  creditCode: null,
  operator: null,
  address: null,
  place: null,
  plate: null,
  plateColour: null,
  carrier: null,
  permitNo: null,
  telephone: null,
  hasTelephone: false,
  pledges: [],
  violations: [],
  validFrom: null,
  validTo: null,
  days: null,
  from: null,
  to: null,
  reference: null,
  note: null,
  terminalNo: null,
  longitude: null,
  latitude: null,
  cells: {},
};

function viewFact(fact: ObjectFact, phone: boolean): ObjectFactView {
  if (isMuckFact(fact))
    return {
      ...nothing,
      kind: fact.kind,
      name: nameOf(fact),
      place: placeOf(fact),
      note: fact.note,
      cells: Object.fromEntries(
        objectColumns[fact.kind].map(({ field }, nth) => [field, rowOf(fact, "zh")[nth] ?? ""]),
      ),
    };
  const telephone = fact.kind === "permit" ? null : fact.telephone;
  return { ...nothing, ...fact, telephone: phone ? telephone : null, hasTelephone: telephone !== null };
}

export type VersionRow = Prisma.ObjectVersionGetPayload<{ include: { person: { select: { name: true } } } }>;

/** Versions newest first, each with what it changed of the one before. */
export function viewVersions(rows: readonly VersionRow[], phone: boolean): ObjectVersionView[] {
  return rows
    .map((row, nth): ObjectVersionView => {
      const earlier = rows[nth - 1];
      const before = earlier === undefined ? {} : factOf(earlier);
      const after = factOf(row);
      return {
        version: row.version,
        action: row.action as ObjectVersionView["action"],
        at: row.createdAt.toISOString(),
        by: row.person?.name ?? null,
        reason: row.reason,
        sheetSha256: row.sheetSha256,
        changes:
          earlier === undefined
            ? []
            : changedFields(before, after).map((field) => ({
                field,
                before: valueText(field, before, phone),
                after: valueText(field, after, phone),
              })),
      };
    })
    .reverse();
}

function valueText(field: string, fact: object, phone: boolean): string | null {
  if (field === "telephone" && !phone) return null;
  const value = (fact as Record<string, unknown>)[field];
  if (value === null || value === undefined) return null;
  if (field === "pledges")
    return (value as { signedOn: string; reference: string }[])
      .map(({ signedOn, reference }) => `${signedOn} ${reference}`)
      .join("; ");
  if (field === "route") return routeText(value as RouteLines).slice(0, routeCharactersMax);
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** Of a route in the list of versions; the whole is in the export. */
const routeCharactersMax = 120;
