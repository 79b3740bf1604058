import type { ObjectFact } from "./facts.ts";

/** Party of a case as far as the register knows it; what it does not know is left out and stays a visible blank. */
export interface RegisterParty {
  readonly kind: "unit" | "unknown";
  readonly name?: string;
  readonly idNumber?: string;
  readonly representative?: string;
  readonly address?: string;
  readonly phone?: string;
}

/** Whether shop or carrier is a person or a unit the register does not say, but a credit code belongs to one that is registered. */
export function partyOf(fact: ObjectFact): RegisterParty | null {
  if (fact.kind !== "shop" && fact.kind !== "vehicle") return null;
  const known = (entries: Record<string, string | null>) =>
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));
  if (fact.kind === "shop")
    return {
      kind: fact.creditCode === null ? "unknown" : "unit",
      ...known({
        name: fact.name,
        idNumber: fact.creditCode,
        representative: fact.operator,
        address: fact.address,
        phone: fact.telephone,
      }),
    };
  return {
    kind: fact.carrier === null ? "unknown" : "unit",
    ...known({ name: fact.carrier ?? `号牌 ${fact.plate} 的车辆`, phone: fact.telephone }),
  };
}

/** Fields of a party that hold a fact. */
export const partyFieldsOf = (party: object): string[] =>
  Object.entries(party).flatMap(([field, value]) =>
    ["name", "idNumber", "representative", "address", "phone"].includes(field) && value ? [field] : [],
  );
