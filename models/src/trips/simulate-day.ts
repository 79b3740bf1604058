import type { DisposalFact, SiteFact, TippingFact } from "../objects/facts.ts";
import {
  eventKey,
  type GatePass,
  type Manifest,
  type TippingEntry,
  type TrackPoint,
  type TruckEvent,
} from "./observations.ts";
import type { Position } from "./route-line.ts";
import type { Registered, TripRegister, TripRule } from "./trip.ts";

/** A day of trucks with known faults: what was planted, and nothing else, is to be found. */
export interface SimulatedDay {
  readonly register: TripRegister;
  readonly events: TruckEvent[];
  readonly points: TrackPoint[];
  readonly truth: { readonly rule: TripRule; readonly plate: string }[];
  readonly window: { readonly fromMs: number; readonly toMs: number };
}

/** Where a simulated day takes place. */
export interface SimulatedPlaces {
  readonly site: Position;
  readonly tip: Position;
  readonly elsewhere: Position;
  /** On the way from site to tipping site. */
  readonly bend: Position;
  /** Well beside that way. */
  readonly aside: Position;
}
const plainPlaces: SimulatedPlaces = {
  site: [121.5, 31.2],
  tip: [121.6, 31.2],
  elsewhere: [121.6, 31.26],
  bend: [121.55, 31.215],
  aside: [121.555, 31.2305],
};
const minute = 60_000;
export const simulatedFromMs = Date.parse("2026-11-27T10:00:00Z");

/** Numbers from a seed (mulberry32), so that a day can be had again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One fault each; a truck without is a good one. `null` stands for missing data, which is no fault. */
const faults: readonly (TripRule | null)[] = [
  "NO_EXIT_CHECK",
  "COVER_FAIL",
  "WASH_FAIL",
  "OFF_CORRIDOR",
  "OUTSIDE_HOURS",
  "NO_TIPPING_ENTRY",
  "ENTRY_ELSEWHERE",
  "QUANTITY_MISMATCH",
  "UNREGISTERED_VEHICLE",
];

export const demoSite = "演示工地一";
export const demoTip = "演示消纳场一";
export const demoOtherTip = "演示堆场二";

export function simulateDay({
  trucks = 40,
  seed = 1,
  fromMs = simulatedFromMs,
  places = plainPlaces,
}: {
  trucks?: number;
  seed?: number;
  /** 18:00 on the wall clock: the hours of the permit begin an hour later. */
  fromMs?: number;
  places?: SimulatedPlaces;
} = {}): SimulatedDay {
  const random = seeded(seed);
  const events: TruckEvent[] = [];
  const points: TrackPoint[] = [];
  const truth: SimulatedDay["truth"] = [];
  const plates = new Set<string>();
  for (let nth = 0; nth < trucks; nth++) {
    // the first and the last two are good: they prove that gate and tipping site were recorded before and after
    const isEdge = nth < 2 || nth >= trucks - 2;
    const fault = isEdge ? null : (faults[nth % (2 * faults.length)] ?? null);
    // no misreading of a plate that is registered
    const plate = fault === "UNREGISTERED_VEHICLE" ? `沪E${String(70_000 + nth)}` : `沪D${String(20_000 + nth)}`;
    if (fault !== null) truth.push({ rule: fault, plate });
    if (fault !== "UNREGISTERED_VEHICLE") plates.add(plate);
    // 19:10 to about 00:30 on the wall clock of Shanghai; the last two so late that nothing before them is still on its way
    const lateMs = nth >= trucks - 2 ? 190 * minute : 0;
    const slotMs = Math.round((nth * 320 * minute) / trucks) + lateMs;
    const leaveMs = fromMs + 70 * minute + slotMs + Math.round(random() * 2 * minute);
    drive({ plate, fault, leaveMs, fromMs, places, random, events, points, number: `LD-${seed}-${nth}` });
  }
  return {
    register: registerOf(plates, places),
    events,
    points,
    truth,
    window: { fromMs: fromMs - 8 * 60 * minute, toMs: fromMs + 16 * 60 * minute },
  };
}

interface Drive {
  plate: string;
  fault: TripRule | null;
  leaveMs: number;
  fromMs: number;
  places: SimulatedPlaces;
  random: () => number;
  events: TruckEvent[];
  points: TrackPoint[];
  number: string;
}

function drive({ plate, fault, leaveMs: planned, fromMs, places, random, events, points, number }: Drive): void {
  // 40 minutes before the hours begin
  const leaveMs = fault === "OUTSIDE_HOURS" ? fromMs + 20 * minute : planned;
  const origin = { fileSha256: null, row: null, flagId: null };
  const weightT = Math.round((15 + 5 * random()) * 10) / 10;
  const { site, bend, aside, tip, elsewhere } = places;
  const to = fault === "ENTRY_ELSEWHERE" ? elsewhere : tip;
  const way = [site, bend, ...(fault === "OFF_CORRIDOR" ? [aside, bend] : []), to];
  const roadMs = fault === "OFF_CORRIDOR" ? 50 * minute : 30 * minute;
  const hasTrack = random() > 0.2 || fault === "OFF_CORRIDOR" || fault === "NO_EXIT_CHECK";
  // another way to another place is off the route as well: such a truck carries no receiver
  if (hasTrack && fault !== "ENTRY_ELSEWHERE") {
    for (let atMs = leaveMs - 10 * minute; atMs <= leaveMs + roadMs; atMs += 30_000) {
      const [longitude, latitude] = along(way, (atMs - leaveMs) / roadMs);
      const jitter = () => (random() - 0.5) * 0.0002;
      points.push({ plate, atMs, longitude: longitude + jitter(), latitude: latitude + jitter(), speedKmh: 30 });
    }
  }
  const skew = () => Math.round((random() - 0.5) * 60_000);
  const judged = random() > 0.3;
  const pass: Omit<GatePass, "key"> = {
    kind: "gate_pass",
    plate,
    atMs: leaveMs + skew(),
    site: demoSite,
    direction: "out",
    cover: fault === "COVER_FAIL" ? "open" : judged ? "covered" : null,
    wash: fault === "WASH_FAIL" ? "dirty" : judged ? "washed" : null,
    load: "loaded",
    weightT: null,
    judgedBy: "person",
    isPlateSure: true,
    origin,
  };
  if (fault !== "NO_EXIT_CHECK") events.push({ ...pass, key: eventKey(pass) });
  // a manifest tells where to: a truck that goes elsewhere has none here
  if (fault !== "ENTRY_ELSEWHERE" && (random() > 0.1 || fault === "QUANTITY_MISMATCH")) {
    const manifest: Omit<Manifest, "key"> = {
      kind: "manifest",
      plate,
      atMs: leaveMs - 6 * minute,
      number,
      site: demoSite,
      tipping: demoTip,
      weightT,
      origin,
    };
    events.push({ ...manifest, key: eventKey(manifest) });
  }
  if (fault !== "NO_TIPPING_ENTRY") {
    const entry: Omit<TippingEntry, "key"> = {
      kind: "tipping_entry",
      plate,
      atMs: leaveMs + roadMs + skew(),
      tipping: fault === "ENTRY_ELSEWHERE" ? demoOtherTip : demoTip,
      weightT: Math.round((fault === "QUANTITY_MISMATCH" ? weightT - 6 : weightT + (random() - 0.5) * 0.8) * 100) / 100,
      manifestNo: number,
      origin,
    };
    events.push({ ...entry, key: eventKey(entry) });
  }
}

/** Where on a way one is after a share of its time; before it begins, at its beginning. */
function along(way: readonly Position[], share: number): Position {
  const last = way.length - 1;
  const at = Math.min(last, Math.max(0, share * last));
  const leg = Math.min(last - 1, Math.floor(at));
  const [a, b] = [way[leg] as Position, way[leg + 1] as Position];
  const rest = at - leg;
  return [a[0] + (b[0] - a[0]) * rest, a[1] + (b[1] - a[1]) * rest];
}

const siteFact = ([longitude, latitude]: Position): SiteFact => ({
  kind: "site",
  name: demoSite,
  place: "演示路1号",
  longitude,
  latitude,
  radiusM: 150,
  builder: null,
  contractor: null,
  gateSources: [],
  note: null,
});
const tippingFact = (name: string, [longitude, latitude]: Position): TippingFact => ({
  kind: "tipping",
  name,
  place: `${name}旁`,
  longitude,
  latitude,
  radiusM: 200,
  operatingUnit: null,
  note: null,
});
export const permitFact = ({ site, bend, tip }: SimulatedPlaces = plainPlaces): DisposalFact => ({
  kind: "disposal",
  reference: "演示渣处〔2026〕1号",
  site: demoSite,
  tippingSites: [demoTip],
  validFrom: "2026-01-01",
  validTo: "2026-12-31",
  days: "1-7",
  from: "19:00",
  to: "05:00",
  quotaT: 100_000,
  carrier: null,
  route: [[[...site], [...bend], [...tip]]],
  corridorM: 60,
  note: null,
});
const registered = <Fact>(nth: number, fact: Fact): Registered<Fact> => ({
  id: `00000000-0000-4000-8000-00000000000${nth}`,
  version: 1,
  fact,
});

export const registerOf = (plates: ReadonlySet<string>, places: SimulatedPlaces = plainPlaces): TripRegister => ({
  sites: [registered(1, siteFact(places.site))],
  tippings: [
    registered(2, tippingFact(demoTip, places.tip)),
    registered(3, tippingFact(demoOtherTip, places.elsewhere)),
  ],
  permits: [registered(4, permitFact(places))],
  plates,
});
