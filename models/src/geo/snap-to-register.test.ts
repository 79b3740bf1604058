import { describe, expect, test } from "vitest";
import { distanceM } from "./distance.ts";
import { type SnapRegister, snapStreets, snapToRegister } from "./snap-to-register.ts";

const here = { longitude: 121.52, latitude: 31.23 };
const eastDeg = 1 / (111_195 * Math.cos((31.23 / 180) * Math.PI));
const northDeg = 1 / 111_195;
const at = (eastM: number, northM: number) => ({
  longitude: here.longitude + eastM * eastDeg,
  latitude: here.latitude + northM * northDeg,
});
const corner = (eastM: number, northM: number): [number, number] => {
  const { longitude, latitude } = at(eastM, northM);
  return [longitude, latitude];
};
/** West to east, so many metres north of the point. */
const street = (name: string, northM: number, from = -300, to = 300) => ({
  id: name,
  name,
  lines: [[corner(from, northM), corner(to, northM)]],
});
const register = (over: Partial<SnapRegister>): SnapRegister => ({ streets: [], objects: [], sites: [], ...over });

describe("a position with an error against what is registered", () => {
  test("the nearest street is measured square to its line, beyond its end to the end", () => {
    const beside = snapToRegister(here, 5, register({ streets: [street("甲路", 12)] }));
    expect(beside.nearest).toMatchObject({ kind: "street", name: "甲路", isWithinError: false });
    expect(beside.nearest?.distanceM).toBeCloseTo(12, 1);
    const beyond = snapToRegister(here, 5, register({ streets: [street("甲路", 30, 40, 300)] }));
    expect(beyond.nearest?.distanceM).toBeCloseTo(50, 1);
  });

  test("candidates of every kind come nearest first, with what lies within the error marked", () => {
    const { candidates, nearest } = snapToRegister(
      here,
      10,
      register({
        streets: [street("甲路", -8)],
        objects: [{ id: "o", name: "店", kind: "shop", ...at(3, 4) }],
        sites: [{ id: "s", name: "工地", point: at(0, 60), radiusM: 40 }],
      }),
    );
    expect(candidates.map(({ kind, id, isWithinError }) => [kind, id, isWithinError])).toEqual([
      ["shop", "o", true],
      ["street", "甲路", true],
      ["site", "s", false],
    ]);
    expect(candidates[2]?.distanceM).toBeCloseTo(20, 0);
    expect(nearest?.id).toBe("o");
  });

  test("inside a site's ring or circle the distance is nought, outside it runs to the edge", () => {
    const ring = [corner(-20, -20), corner(20, -20), corner(20, 20), corner(-20, 20)];
    const distanceOf = (eastM: number) =>
      snapToRegister(at(eastM, 0), 1, register({ sites: [{ id: "s", name: "工地", kind: "tipping", ring }] })).nearest;
    expect(distanceOf(5)).toMatchObject({ kind: "tipping", distanceM: 0, isWithinError: true });
    expect(distanceOf(45)?.distanceM).toBeCloseTo(25, 1);
    const circle = register({ sites: [{ id: "s", name: "工地", point: at(10, 0), radiusM: 30 }] });
    expect(snapToRegister(here, 1, circle).nearest?.distanceM).toBe(0);
  });

  test("two streets of which the error can choose either are ambiguous; a smaller error decides", () => {
    const crossing = register({ streets: [street("甲路", 6), street("乙路", -18)] });
    expect(snapToRegister(here, 8, crossing)).toMatchObject({ nearest: { name: "甲路" }, isAmbiguous: true });
    expect(snapToRegister(here, 5, crossing)).toMatchObject({ nearest: { name: "甲路" }, isAmbiguous: false });
  });

  test("whenever it is not ambiguous, no point within the error is nearer to another street", () => {
    const streets = [street("甲路", 5), street("乙路", -14), street("丙路", 33)];
    for (const errorM of [1, 3, 4.4, 6, 9, 15])
      for (let eastM = -40; eastM <= 40; eastM += 8)
        for (let northM = -20; northM <= 40; northM += 3) {
          const snapped = snapToRegister(at(eastM, northM), errorM, register({ streets }));
          if (snapped.isAmbiguous || snapped.nearest === null) continue;
          for (let turn = 0; turn < 16; turn++) {
            const angle = (turn / 16) * 2 * Math.PI;
            const truth = at(eastM + Math.cos(angle) * 0.999 * errorM, northM + Math.sin(angle) * 0.999 * errorM);
            expect(snapToRegister(truth, 0, register({ streets }), { reachM: 500 }).nearest?.id).toBe(
              snapped.nearest.id,
            );
          }
        }
  });

  test("a street and a site at one place are no contradiction", () => {
    const both = register({ streets: [street("甲路", 2)], sites: [{ id: "s", name: "工地", point: at(0, 3) }] });
    expect(snapToRegister(here, 20, both).isAmbiguous).toBe(false);
  });

  test("nothing within reach, no error, or one too large names nothing", () => {
    const far = register({ streets: [street("甲路", 70)] });
    const none = { candidates: [], nearest: null, isAmbiguous: false, isTooUnsure: false };
    expect(snapToRegister(here, 5, far)).toEqual(none);
    expect(snapToRegister(here, 90, far).nearest).toMatchObject({ name: "甲路", isWithinError: true });
    const near = register({ streets: [street("甲路", 1)] });
    for (const errorM of [151, Number.NaN, Number.POSITIVE_INFINITY, -1])
      expect(snapToRegister(here, errorM, near)).toEqual({ ...none, isTooUnsure: true });
  });

  test("the list is cut, and the limits can be set", () => {
    const streets = Array.from({ length: 9 }, (_, nth) => street(`${nth}路`, nth + 1));
    expect(snapToRegister(here, 1, register({ streets })).candidates).toHaveLength(6);
    expect(snapToRegister(here, 1, register({ streets }), { candidatesMax: 2, reachM: 5 }).candidates).toHaveLength(2);
  });
});

test("the lines of a street are one street, those without a name are left out", () => {
  const line: [number, number][] = [corner(-10, 0), corner(10, 0)];
  const streets = snapStreets([
    { name: "甲路", class: "main", lines: [line] },
    { name: null, class: "path", lines: [line] },
    { name: "甲路", class: "main", lines: [line, line] },
  ]);
  expect(streets).toHaveLength(1);
  expect(streets[0]).toMatchObject({ id: "甲路", name: "甲路" });
  expect(streets[0]?.lines).toHaveLength(3);
  expect(distanceM(here, at(0, 10))).toBeCloseTo(10, 1);
});
