import type { Prisma } from "@mingcha/infra/db";
import { type Duty, duties } from "@mingcha/models";
import type { SuppressionOffer, SuppressionsView, SuppressionView } from "@mingcha/models/http";
import { suppressionDuties } from "@mingcha/models/suppression";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { districtBar, loadBars } from "../people/bars.ts";
import type { SignedIn } from "../people/sessions.ts";
import { type FoundOffer, findOffers } from "./find-offers.ts";
import { findRejectionsOf, type Rejection } from "./find-rejections.ts";
import { viewPlace, viewRejection } from "./view-rejection.ts";

const endedMax = 100;
const latestActsMax = 5;

const suppressionInclude = {
  acts: { orderBy: { from: "desc" }, take: latestActsMax, select: { from: true, to: true } },
  _count: { select: { acts: true } },
} as const satisfies Prisma.SuppressionInclude;
type LoadedSuppression = Prisma.SuppressionGetPayload<{ include: typeof suppressionInclude }>;

/** Offers, suppressions in force at this moment, and ended ones. Nobody has to end one: its date alone moves it. */
export async function listSuppressions(deps: Deps, person: SignedIn): Promise<SuppressionsView> {
  const { db } = deps;
  const now = deps.now();
  const inForce: Prisma.SuppressionWhereInput = { revokedAt: null, validUntil: { gt: now } };
  const ended: Prisma.SuppressionWhereInput = { NOT: inForce };
  const newest = {
    orderBy: [{ approvedAt: "desc" }, { id: "desc" }],
    include: suppressionInclude,
  } satisfies Prisma.SuppressionFindManyArgs;
  const [{ colleagues }, { offers }, activeRows, endedRows, endedTotal] = await Promise.all([
    loadBars(db, person),
    findOffers(db, now),
    db.suppression.findMany({ where: inForce, ...newest }),
    db.suppression.findMany({ where: ended, ...newest, take: endedMax }),
    db.suppression.count({ where: ended }),
  ]);
  const view = await suppressionViewer(deps, [...activeRows, ...endedRows]);
  return {
    offers: offers.map((found) => {
      const offer = viewOffer(found, person);
      const { district } = found.rejections[0].clue.flag.source;
      const question = { profile: deps.profile, district, person, needs: [suppressionDuties.approve], colleagues };
      return { ...offer, barred: offer.barred ?? districtBar(question) };
    }),
    active: activeRows.map(view),
    ended: endedRows.map(view),
    endedTotal,
    mayRevoke: holds(person, suppressionDuties.revoke),
  };
}

const holds = (person: SignedIn, needed: readonly Duty[]): boolean =>
  person.duties.some((duty) => needed.includes(duty));

function viewOffer({ offer, rejections }: FoundOffer, person: SignedIn): SuppressionOffer {
  const [{ clue }] = rejections;
  return {
    key: offer.key,
    ...viewPlace(clue.flag),
    boxNorm: [...offer.boxNorm],
    flags: rejections.map(viewRejection),
    proposedUntil: new Date(offer.proposedUntilMs).toISOString(),
    latestUntil: new Date(offer.latestUntilMs).toISOString(),
    barred: barredReason(rejections, person),
  };
}

function barredReason(rejections: readonly Rejection[], person: SignedIn): SuppressionOffer["barred"] {
  if (!holds(person, suppressionDuties.approve)) {
    const needed = suppressionDuties.approve.map((duty) => duties[duty]);
    return {
      zh: `由${needed.map((duty) => duty.zh).join("、")}批准`,
      en: `Approved by: ${needed.map((duty) => duty.en).join(", ")}`,
    };
  }
  return rejections.some((rejection) => rejection.personId === person.id)
    ? {
        zh: "其中有您本人驳回的线索，须由他人批准",
        en: "You rejected some of these flags yourself; somebody else must approve",
      }
    : null;
}

const revocationSchema = z.object({ detail: z.object({ reason: z.string() }) });

/** Reads once what all rows need (flags, names, reasons of revocation), and gives the view of a row. */
async function suppressionViewer(
  { db }: Deps,
  rows: readonly LoadedSuppression[],
): Promise<(row: LoadedSuppression) => SuppressionView> {
  const revoked = rows.filter((row) => row.revokedAt !== null);
  const personIds = rows.flatMap(({ approvedBy, revokedBy }) =>
    revokedBy === null ? [approvedBy] : [approvedBy, revokedBy],
  );
  const [rejections, persons, entries, sources] = await Promise.all([
    findRejectionsOf(db, [...new Set(rows.flatMap((row) => row.flagIds))]),
    db.person.findMany({ where: { id: { in: personIds } } }),
    db.custody.findMany({
      where: { action: "suppression.revoked", subject: { in: revoked.map((row) => `suppression:${row.id}`) } },
    }),
    db.source.findMany({ where: { id: { in: rows.map((row) => row.sourceId) } } }),
  ]);
  const nameOf = (id: string): string => persons.find((person) => person.id === id)?.name ?? id;
  const reasonOf = new Map(
    entries.map((entry) => [
      entry.subject,
      revocationSchema.parse(JSON.parse(Buffer.from(entry.body).toString("utf8"))).detail.reason,
    ]),
  );
  return (row) => {
    const own = rejections.filter((rejection) => row.flagIds.includes(rejection.clue.flagId));
    const source = sources.find((item) => item.id === row.sourceId);
    return {
      id: row.id,
      ...viewPlace({
        sourceId: row.sourceId,
        ruleKey: row.ruleKey,
        zoneId: row.zoneId,
        violation: row.violation,
        place: own[0]?.clue.place ?? source?.place ?? "",
        boxNorm: row.boxNorm,
        source: source ?? { name: row.sourceId, kind: "", timezone: "UTC" },
      }),
      flags: own.map(viewRejection),
      reason: row.reason,
      approvedBy: nameOf(row.approvedBy),
      approvedAt: row.approvedAt.toISOString(),
      validFrom: row.validFrom.toISOString(),
      validUntil: row.validUntil.toISOString(),
      revoked:
        row.revokedAt === null
          ? null
          : {
              by: nameOf(row.revokedBy ?? ""),
              at: row.revokedAt.toISOString(),
              reason: reasonOf.get(`suppression:${row.id}`) ?? "",
            },
      suppressedActs: row._count.acts,
      latestActs: row.acts.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() })),
    };
  };
}
