import { expect, test } from "vitest";
import { findSameVehicle, perhapsSame, type VehicleRecord, type VehicleSeen, vehicleLikeness } from "./same-vehicle.ts";

const minute = 60_000;
const seen = (sourceId: string, fromMin: number, toMin: number, more: Partial<VehicleSeen> = {}): VehicleSeen => ({
  sourceId,
  fromMs: fromMin * minute,
  toMs: toMin * minute,
  ended: true,
  plate: null,
  isPlateByPerson: false,
  ground: null,
  ...more,
});
const record = (id: string, vehicle: VehicleSeen, more: Partial<VehicleRecord> = {}): VehicleRecord => ({
  ...vehicle,
  id,
  state: "TECH_REVIEW",
  joined: [],
  ...more,
});
const joins = (vehicle: VehicleSeen, records: VehicleRecord[], rivals: VehicleSeen[] = []) =>
  findSameVehicle(vehicle, records, rivals)?.id ?? null;
const ground = (longitude: number, radius95M: number) => ({ at: { longitude, latitude: 31.2 }, radius95M });

test("one car that two cameras see joins, also a drone that passes for a minute of its hour", () => {
  expect(joins(seen("b", 1, 61), [record("A1", seen("a", 0, 60))])).toBe("A1");
  expect(joins(seen("drone", 30, 31), [record("A1", seen("a", 0, 60))], [seen("drone", 90, 91)])).toBe("A1");
});

test("cars that came and went apart join each its own; cars that stood there together join none", () => {
  const apart = [record("A1", seen("a", 0, 20)), record("A2", seen("a", 15, 50))];
  expect(joins(seen("b", 1, 21), apart, [seen("b", 15, 51)])).toBe("A1");
  expect(joins(seen("b", 15, 51), apart, [seen("b", 1, 21)])).toBe("A2");
  const together = [record("A1", seen("a", 0, 60)), record("A2", seen("a", 1, 61))];
  expect(joins(seen("b", 0, 60), together)).toBeNull();
  expect(perhapsSame(seen("b", 0, 60), together).map(({ id }) => id)).toEqual(["A1", "A2"]);
});

test("of two cars that one camera sees beside one record neither is taken for it, whichever comes first", () => {
  const one = [record("A1", seen("a", 0, 60))];
  const [first, second] = [seen("b", 0, 60), seen("b", 3, 60)];
  expect(joins(first, one, [second])).toBeNull();
  expect(joins(second, one, [first])).toBeNull();
});

test("a record takes one sighting of a source, and none once a person has closed it", () => {
  const joined = [{ sourceId: "b", fromMs: 0, toMs: 60 * minute }];
  const taken = record("A1", seen("a", 0, 60), { joined });
  expect(joins(seen("b", 0, 60), [taken])).toBeNull();
  expect(perhapsSame(seen("b", 0, 60), [taken])).toEqual([]);
  expect(joins(seen("c", 0, 60), [taken])).toBe("A1");
  // the same camera later: perhaps the same car that it lost for a while
  expect(perhapsSame(seen("b", 60, 70), [record("A1", seen("a", 0, 70), { joined })])).toHaveLength(1);
  expect(joins(seen("b", 0, 60), [record("A1", seen("a", 0, 60), { state: "REJECTED" })])).toBeNull();
});

test("two plates are two vehicles however alike their times; one plate decides between cars that stood there together", () => {
  const first = record("A1", seen("a", 0, 60, { plate: "沪A12345" }));
  const second = record("A2", seen("a", 0, 60, { plate: "沪B12345" }));
  expect(joins(seen("b", 0, 60, { plate: "沪C12345" }), [first])).toBeNull();
  expect(joins(seen("b", 40, 80, { plate: "沪B·12345" }), [first, second])).toBe("A2");
});

test("one car whose plate was misread in a character is named beside its other record; two plates that people made out are two cars", () => {
  const made = { plate: "沪A12345", isPlateByPerson: true };
  const corrected = record("A1", seen("a", 0, 60, made));
  const named = (plate: string, isPlateByPerson = false) =>
    perhapsSame(seen("b", 0, 60, { plate, isPlateByPerson }), [corrected]).map(({ id }) => id);
  expect(named("沪A12346")).toEqual(["A1"]);
  expect(named("沪A12346", true)).toEqual([]);
  expect(named("沪C12346")).toEqual([]);
  expect(joins(seen("b", 0, 60, { plate: "沪A12346" }), [corrected])).toBeNull();
});

test("places further apart than their errors are two vehicles", () => {
  // 0.0002° of longitude are 19 m here
  const first = record("A1", seen("drone-a", 0, 60, { ground: ground(121.5, 3) }));
  expect(joins(seen("drone-b", 0, 60, { ground: ground(121.5002, 3) }), [first])).toBeNull();
  expect(joins(seen("drone-b", 0, 60, { ground: ground(121.5002, 20) }), [first])).toBe("A1");
});

test("the next truck in a gate that overlaps the one before by a moment is another", () => {
  const first = record("A1", seen("a", 0, 1));
  expect(joins(seen("b", 0.9, 1.9), [first])).toBeNull();
  expect(perhapsSame(seen("b", 0.9, 1.9), [first])).toEqual([]);
  expect(joins(seen("b", 2, 3), [first])).toBeNull();
  expect(joins(seen("b", 0.3, 1.3), [first])).toBe("A1");
});

test("a camera that has not looked as far yet is compared as far as it has", () => {
  const soFar = seen("a", 0, 5, { ended: false });
  expect(vehicleLikeness(soFar, seen("b", 0, 60))).toBe(1);
  expect(vehicleLikeness(soFar, seen("b", 6, 60))).toBe(0);
});
