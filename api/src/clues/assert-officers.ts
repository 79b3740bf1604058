import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import { AppError, coversDistrict } from "@mingcha/models";
import { districtName } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import { districtNames } from "../people/bars.ts";
import type { LoadedClue } from "./load-clue.ts";

/** Throws OFFICER_BARRED where an officer who is named works in other districts than the record's. Certificates and recusals are guards. */
export async function assertOfficersOfDistrict(
  { db, profile }: Pick<Deps, "profile"> & { readonly db: DatabaseOrTransaction },
  clue: LoadedClue,
  officerIds: readonly string[],
): Promise<void> {
  if (officerIds.length === 0) return;
  const { district } = clue.flag.source;
  const officers = await db.person.findMany({ where: { id: { in: [...officerIds] } } });
  const outside = officers.find(({ districts }) => !coversDistrict(districts, district));
  if (outside === undefined) return;
  const [have, need] = [districtNames(profile, outside.districts), districtName(profile, district)];
  throw new AppError("OFFICER_BARRED", {
    who: outside.name,
    why: `其辖区为${have.zh}，该记录属于${need.zh}`,
    whyEn: `works in ${have.en}, the record is in ${need.en}`,
  });
}
