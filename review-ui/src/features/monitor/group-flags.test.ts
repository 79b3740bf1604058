import type { PlacedFlag } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { groupFlags, isOneSpot } from "./group-flags.ts";

const flag = (clueId: string, longitude: number): PlacedFlag =>
  ({ clueId, longitude, latitude: 31 }) as unknown as PlacedFlag;
const seen = { area: [121, 30.9, 121.2, 31.1], across: 10 } as const;

test("flags that find room stand alone, those that do not are one group with all of them in it", () => {
  const flags = [flag("a", 121.01), flag("b", 121.0102), flag("c", 121.15)];
  const { single, groups } = groupFlags({ flags, cells: [] }, seen);
  expect(single.map(({ clueId }) => clueId)).toEqual(["c"]);
  expect(groups).toMatchObject([{ flags: 2, members: [{ clueId: "a" }, { clueId: "b" }] }]);
  const nearer = groupFlags({ flags, cells: [] }, { area: [121.0099, 30.9999, 121.0103, 31.0001], across: 10 });
  expect([nearer.single.length, nearer.groups.length]).toEqual([3, 0]);
});

test("before anything is seen each is drawn by itself, and what the server counted stays counted", () => {
  const cell = {
    longitude: 121,
    latitude: 31,
    bounds: [121, 31, 121.1, 31] as [number, number, number, number],
    flags: 7,
  };
  const { single, groups } = groupFlags({ flags: [flag("a", 121), flag("b", 121)], cells: [cell] }, null);
  expect([single.length, groups]).toMatchObject([2, [{ flags: 7, members: null }]]);
});

test("flags of one spot are listed, for coming nearer would not part them; a street of them is come nearer to", () => {
  const [spot] = groupFlags({ flags: [flag("a", 121.01), flag("b", 121.0101)], cells: [] }, seen).groups;
  const [street] = groupFlags({ flags: [flag("a", 121.01), flag("b", 121.015)], cells: [] }, seen).groups;
  expect([spot && isOneSpot(spot), street && isOneSpot(street)]).toEqual([true, false]);
});
