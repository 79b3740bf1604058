import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { attributeField, openStates, perhapsSame, type VehicleRecord, type VehicleSeen } from "@mingcha/models/clue";
import { readingsOf } from "../corrections/facts-in-force.ts";

/** A closed record is compared where its act began so long before; one that is still open at any age. */
const closedReachMs = 7 * 24 * 3_600_000;

const plateField = attributeField("plate");
export const vehicleInclude = { groundPlace: true } as const satisfies Prisma.FlagInclude;
const clueInclude = {
  flag: { include: { ...vehicleInclude, source: { select: { name: true } } } },
  corrections: { where: { field: plateField }, orderBy: { createdAt: "desc" }, take: 1 },
} as const satisfies Prisma.ClueInclude;

export type VehicleFlag = Prisma.FlagGetPayload<{ include: typeof vehicleInclude }>;
type Clue = Prisma.ClueGetPayload<{ include: typeof clueInclude }>;

/** A vehicle's act as a machine named it, or as its record names it now. */
type Act = Pick<VehicleFlag, "violation" | "place" | "sourceId" | "from" | "to">;

export type FoundVehicle = VehicleRecord & { readonly sourceName: string };

/**
 * Records of other sources at the place of a vehicle and at its time, whatever became of them, with what joined them. Also those that a
 * reviewer has named otherwise: the machine goes on naming the act as it did.
 */
export async function findVehicles(db: DatabaseOrTransaction, act: Act): Promise<FoundVehicle[]> {
  const { violation, place, sourceId } = act;
  const during = { from: { lte: act.to }, to: { gte: act.from } };
  const recently = { gte: new Date(act.from.getTime() - closedReachMs) };
  const where = {
    sourceId: { not: sourceId },
    OR: [{ state: { in: openStates } }, { state: { notIn: [...openStates, "MERGED" as const] }, createdAt: recently }],
  } satisfies Prisma.ClueWhereInput;
  const named = await db.clue.findMany({ where: { violation, place, ...where, flag: during }, include: clueInclude });
  const wasNamed = {
    OR: [
      { field: "place", oldValue: place },
      { field: "violation", oldValue: violation },
    ],
  };
  const renamed = await db.clue.findMany({
    where: { ...where, flag: { violation, place, ...during }, corrections: { some: wasNamed } },
    include: clueInclude,
  });
  return loadJoined(db, [...new Map([...named, ...renamed].map((clue) => [clue.id, clue])).values()]);
}

/** Other sources' records that may show the vehicle of this one, the likeliest first. */
export async function findPerhapsSame(
  db: DatabaseOrTransaction,
  { id, violation, place }: { readonly id: string; readonly violation: string; readonly place: string },
): Promise<FoundVehicle[]> {
  const clue = await db.clue.findUniqueOrThrow({ where: { id }, include: clueInclude });
  const [own] = await loadJoined(db, [clue]);
  if (own === undefined) return [];
  return perhapsSame(own, await findVehicles(db, { ...clue.flag, violation, place }));
}

export type Sighting = VehicleSeen & {
  readonly id: string;
  readonly mergedIntoId: string | null;
  /** What a model read, whatever a person made of it. */
  readonly readPlate: string | null;
};

/** Of each record its vehicle as its own source saw it, then as each source that joined it did, in the order they came. */
export async function loadSightings(db: DatabaseOrTransaction, ids: readonly string[]): Promise<Sighting[][]> {
  const clues = await db.clue.findMany({
    where: { OR: [{ id: { in: [...ids] } }, { mergedIntoId: { in: [...ids] } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include: clueInclude,
  });
  const sightings = clues.map((clue): Sighting => {
    const { id, mergedIntoId, flag } = clue;
    return { ...vehicleOf(flag), ...plateOf(clue), id, mergedIntoId, readPlate: readPlate(flag) };
  });
  const joined = new Map<string, Sighting[]>(ids.map((id) => [id, []]));
  for (const sighting of sightings) joined.get(sighting.mergedIntoId ?? "")?.push(sighting);
  const own = new Map(sightings.map((sighting) => [sighting.id, sighting]));
  return ids.map((id) => [own.get(id), ...(joined.get(id) ?? [])].filter((one) => one !== undefined));
}

async function loadJoined(db: DatabaseOrTransaction, clues: readonly Clue[]): Promise<FoundVehicle[]> {
  const joined = await db.clue.findMany({
    where: { mergedIntoId: { in: clues.map(({ id }) => id) } },
    orderBy: { id: "asc" },
    include: clueInclude,
  });
  return clues.map((clue): FoundVehicle => {
    const own = joined.filter(({ mergedIntoId }) => mergedIntoId === clue.id);
    // one vehicle: a plate that another source made out is this one's
    const known = [clue, ...own].map(plateOf).find(({ plate }) => plate !== null);
    return {
      ...vehicleOf(clue.flag),
      ...known,
      id: clue.id,
      state: clue.state,
      sourceName: clue.flag.source.name,
      joined: own.map(({ flag }) => spanOf(flag)),
    };
  });
}

/** The vehicle of a flag by itself: what its source saw and a model read. */
export const vehicleOf = (flag: VehicleFlag): VehicleSeen => ({
  ...spanOf(flag),
  ended: flag.ended,
  plate: readPlate(flag),
  isPlateByPerson: false,
  ground: groundOf(flag),
});

/** What the source of a flag saw besides at this place while these records went on. */
export async function findRivals(
  db: DatabaseOrTransaction,
  flag: VehicleFlag,
  records: readonly VehicleSeen[],
): Promise<VehicleSeen[]> {
  const { sourceId, violation, place } = flag;
  const rivals = await db.flag.findMany({
    where: {
      id: { not: flag.id },
      sourceId,
      violation,
      place,
      from: { lte: new Date(Math.max(...records.map(({ toMs }) => toMs))) },
      to: { gte: new Date(Math.min(...records.map(({ fromMs }) => fromMs))) },
    },
    include: vehicleInclude,
  });
  return rivals.map(vehicleOf);
}

const spanOf = (flag: VehicleFlag) => ({
  sourceId: flag.sourceId,
  fromMs: flag.from.getTime(),
  toMs: flag.to.getTime(),
});

function plateOf({
  flag,
  corrections,
}: Pick<Clue, "flag" | "corrections">): Pick<VehicleSeen, "plate" | "isPlateByPerson"> {
  const said = corrections.find(({ field }) => field === plateField)?.newValue ?? null;
  return said === null ? { plate: readPlate(flag), isPlateByPerson: false } : { plate: said, isPlateByPerson: true };
}

const readPlate = (flag: VehicleFlag): string | null =>
  readingsOf(flag).find(({ attribute, value }) => attribute === "plate" && value !== null)?.value ?? null;

function groundOf({ groundPlace: place }: VehicleFlag): VehicleSeen["ground"] {
  if (!place || place.longitude === null || place.latitude === null || place.radius95M === null) return null;
  return { at: { longitude: place.longitude, latitude: place.latitude }, radius95M: place.radius95M };
}
