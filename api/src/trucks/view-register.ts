import type { TruckRegister } from "@mingcha/models/http";
import { dayOf, isInForce, truckDuties } from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";
import { loadUsed } from "./compare-day.ts";
import { loadTripRegister } from "./load-register.ts";

const leadDays = 30;

/** What trucks are compared with, and what of it stands out. */
export async function viewTruckRegister({ db, profile, now }: Deps, person: SignedIn): Promise<TruckRegister> {
  const at = now();
  const [register, used, leads] = await Promise.all([
    loadTripRegister(db),
    loadUsed(db, new Date(8.64e15)),
    db.$queryRaw<{ name: string; count: number }[]>`
      select name, sum(count)::int as count from (
        select site as name, count(*) from truck_lead
        where state = 'NEW' and at > ${new Date(at.getTime() - leadDays * 86_400_000)} and site is not null group by site
        union all
        select document->>'tipping' as name, count(*) from truck_lead
        where state = 'NEW' and at > ${new Date(at.getTime() - leadDays * 86_400_000)}
          and rule in ('ENTRY_ELSEWHERE', 'QUANTITY_MISMATCH') and document->>'tipping' is not null group by 1
      ) l group by name`,
  ]);
  const leadsOf = new Map(leads.map(({ name, count }) => [name, count]));
  const may = (duties: readonly string[]) => person.duties.some((duty) => duties.includes(duty));
  const today = dayOf(at.getTime(), profile.timezone);
  const placeOf = <
    Fact extends { name: string; place: string; longitude: number; latitude: number; radiusM: number | null },
  >({
    id,
    version,
    fact: { name, place, longitude, latitude, radiusM },
  }: {
    id: string;
    version: number;
    fact: Fact;
  }) => ({
    id,
    version,
    name,
    place,
    longitude,
    latitude,
    radiusM: radiusM ?? profile.trucks.placeRadiusM,
    leads: leadsOf.get(name) ?? 0,
  });
  return {
    timezone: profile.timezone,
    sites: register.sites.map(placeOf),
    tippings: register.tippings.map(placeOf),
    permits: register.permits.map(({ id, version, fact }) => ({
      id,
      version,
      name: fact.reference,
      site: fact.site,
      tippingSites: fact.tippingSites,
      validFrom: fact.validFrom,
      validTo: fact.validTo,
      state: isInForce(fact, at.getTime(), profile.timezone)
        ? "in_force"
        : fact.validFrom > today
          ? "not_yet"
          : "ended",
      days: fact.days,
      from: fact.from,
      to: fact.to,
      quotaT: fact.quotaT,
      usedT: Math.round((used.get(id) ?? 0) * 10) / 10,
      carrier: fact.carrier,
      route: fact.route,
      corridorM: fact.corridorM,
    })),
    vehicles: register.plates.size,
    settings: profile.trucks,
    mayImport: may(truckDuties.import),
    mayDecide: may(truckDuties.decide),
  };
}
