import type { MapFlags, StandingSource } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { groupSources } from "./group-sources.ts";

const source = (id: string, longitude: number | null, condition: string): StandingSource =>
  ({ id, longitude, latitude: longitude === null ? null : 31, standing: { condition } }) as unknown as StandingSource;
const place = (west: number, east: number, sources: number, flags = 3): MapFlags["places"][number] => ({
  sourceId: null,
  sources,
  longitude: (west + east) / 2,
  latitude: 31,
  bounds: [west, 31, east, 31],
  flags,
  open: 0,
});

test("a group tells how many stand there, the worst condition among them, and their flags", () => {
  const { groups, single } = groupSources(
    [source("a", 121, "live"), source("b", 121.1, "moved"), source("c", 121.2, "silent"), source("d", null, "blind")],
    [place(121, 121.2, 3)],
  );
  expect(groups).toMatchObject([{ sources: 3, condition: "moved", flags: 3, longitude: 121.1 }]);
  expect(single).toEqual([]);
});

test("what is left alone in its cell is drawn as itself, an empty cell not at all", () => {
  const { groups, single } = groupSources([source("a", 121, "live")], [place(121, 121.2, 3), place(122, 123, 4)]);
  expect(groups).toEqual([]);
  expect(single.map(({ id }) => id)).toEqual(["a"]);
});

test("a group of which some are hidden tells no flags of the others", () => {
  const shown = [source("a", 121, "live"), source("b", 121.1, "live")];
  expect(groupSources(shown, [place(121, 121.2, 3)]).groups).toMatchObject([{ sources: 2, flags: null }]);
});

test("cameras of one pole, each told by itself, stay two", () => {
  const one = (id: string) => ({ ...place(121, 121, 1), sourceId: id });
  const { groups, single } = groupSources([source("a", 121, "live"), source("b", 121, "live")], [one("a"), one("b")]);
  expect([groups.length, single.map(({ id }) => id)]).toEqual([0, ["a", "b"]]);
});
