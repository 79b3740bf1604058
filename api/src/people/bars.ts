import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError, coversDistrict, type Duty, publicText, type RecusalRow } from "@mingcha/models";
import { districtName, type Profile } from "@mingcha/models/profile";
import { loadStanding } from "../recusals/load-recusals.ts";
import type { SignedIn } from "./sessions.ts";

export interface Colleague {
  readonly duties: readonly string[];
  readonly districts: readonly string[];
}

/** What, beside duties, decides whether a person may act on records: loaded once for however many records are shown. */
export interface Bars {
  /** Everybody with an account in use; empty where the person works for the whole bureau and nobody is counted. */
  readonly colleagues: readonly Colleague[];
  /** The person's own standing recusals. */
  readonly standing: readonly RecusalRow[];
}

export async function loadBars(db: DatabaseOrTransaction, person: SignedIn): Promise<Bars> {
  const [colleagues, standing] = await Promise.all([
    person.districts.length === 0 ? [] : loadColleagues(db),
    loadStanding(db, person.id),
  ]);
  return { colleagues, standing };
}

function loadColleagues(db: DatabaseOrTransaction): Promise<Colleague[]> {
  return db.person.findMany({ where: { disabledAt: null }, select: { duties: true, districts: true } });
}

/** Names of districts for a sentence. */
export function districtNames(profile: Pick<Profile, "districts">, ids: readonly string[]): { zh: string; en: string } {
  if (ids.length === 0) return { zh: "全局", en: "the whole bureau" };
  const names = ids.map((id) => districtName(profile, id));
  return { zh: names.map(({ zh }) => zh).join("、"), en: names.map(({ en }) => en).join(", ") };
}

interface DistrictQuestion {
  readonly profile: Pick<Profile, "districts">;
  /** District of the record's source. */
  readonly district: string | null;
  readonly person: Pick<SignedIn, "districts">;
  /** Duties of the step: one of each row, all by one person. */
  readonly needs: readonly (readonly Duty[])[];
  readonly colleagues: readonly Colleague[];
}

/** Values of WRONG_DISTRICT, with how many people could act instead; null where the person's districts cover the record. */
function districtRefusal({ profile, district, person, needs, colleagues }: DistrictQuestion) {
  if (coversDistrict(person.districts, district)) return null;
  const [place, have] = [districtName(profile, district), districtNames(profile, person.districts)];
  const able = colleagues.filter(
    (one) =>
      needs.every((row) => row.some((duty) => one.duties.includes(duty))) && coversDistrict(one.districts, district),
  );
  return { district: place.zh, districtEn: place.en, have: have.zh, haveEn: have.en, people: String(able.length) };
}

/** Why a record is not this person's by its district, or null. */
export function districtBar(question: DistrictQuestion): { zh: string; en: string } | null {
  const values = districtRefusal(question);
  return values === null ? null : publicText("WRONG_DISTRICT", values);
}

/** Throws WRONG_DISTRICT where the source of a record lies outside the person's districts. */
export async function assertDistrict(
  db: DatabaseOrTransaction,
  question: Omit<DistrictQuestion, "colleagues">,
): Promise<void> {
  if (coversDistrict(question.person.districts, question.district)) return;
  const values = districtRefusal({ ...question, colleagues: await loadColleagues(db) });
  if (values !== null) throw new AppError("WRONG_DISTRICT", values);
}

/**
 * Throws NOT_FOUND, or WRONG_DISTRICT where a source lies outside the person's districts: for what is written about the source itself, its
 * scene, device, clock, suppressions and looks. Reading stays open.
 */
export async function assertSourceDistrict(
  db: DatabaseOrTransaction,
  question: Omit<DistrictQuestion, "colleagues" | "district"> & { readonly sourceId: string },
): Promise<void> {
  const source = await db.source.findUnique({ where: { id: question.sourceId }, select: { district: true } });
  if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${question.sourceId}` });
  await assertDistrict(db, { ...question, district: source.district });
}
