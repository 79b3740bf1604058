import { type Duty, duties, dutyCodes } from "@mingcha/models";
import type { AccountView } from "@mingcha/models/http";

export interface AccountFilter {
  readonly text: string;
  readonly duty: Duty | "";
  readonly district: string;
  readonly state: "all" | "expiring" | "disabled";
}
export const everyAccount: AccountFilter = { text: "", duty: "", district: "", state: "all" };
export const dutyOptions = dutyCodes.map((value) => ({ value, label: duties[value] }));

/** Duties whose steps need a certificate: without one on file for them something is missing. */
const qualifiedDuties: readonly Duty[] = ["technical_reviewer", "legal_reviewer", "handler"];

/** Certificate ends soon, has ended, or was never entered though the duties need one. */
export function needsCertificate({ duties: held, qualification, disabledAt }: AccountView): boolean {
  if (disabledAt !== null || !held.some((duty) => qualifiedDuties.includes(duty))) return false;
  return qualification.state !== "valid";
}

/** People of a district are those who may act there: of that district, or of the whole bureau. */
export function filterAccounts(items: readonly AccountView[], filter: AccountFilter): AccountView[] {
  const text = filter.text.trim().toLowerCase();
  return items.filter(
    (item) =>
      (filter.duty === "" || item.duties.includes(filter.duty)) &&
      (filter.district === "" || item.districts.length === 0 || item.districts.includes(filter.district)) &&
      (filter.state === "all" || (filter.state === "disabled" ? item.disabledAt !== null : needsCertificate(item))) &&
      [item.name, item.login, item.badgeNo ?? ""].some((value) => value.toLowerCase().includes(text)),
  );
}
