import type { EvidenceView } from "@mingcha/models/http";
import { expect, test } from "vitest";
import { boxInCrop, comparedPictures, paneGrid, spanOfPicturesS } from "./compared-pictures.ts";

const picture = (kind: EvidenceView["kind"], second: number): EvidenceView =>
  ({
    id: `${kind}${second}`,
    kind,
    capturedAt: `2026-11-20T01:00:${String(second).padStart(2, "0")}.000Z`,
  }) as EvidenceView;
const ids = (pictures: EvidenceView[]) => comparedPictures(pictures).map(({ id }) => id);

test("all five kinds stand side by side, of many during the middle one", () => {
  const all = [
    picture("after", 50),
    picture("during", 10),
    picture("during", 30),
    picture("during", 40),
    picture("before", 0),
    picture("close", 12),
    picture("wide", 11),
  ];
  expect(ids(all)).toEqual(["wide11", "close12", "before0", "during30", "after50"]);
  expect(spanOfPicturesS(comparedPictures(all))).toBe(50);
});

test("what is not there is left out, in the same order", () => {
  expect(ids([picture("after", 50), picture("wide", 1)])).toEqual(["wide1", "after50"]);
  expect(ids([picture("wide", 5), picture("wide", 1), picture("wide", 9), picture("wide", 7)])).toEqual([
    "wide1",
    "wide5",
    "wide9",
  ]);
  expect(ids([])).toEqual([]);
});

test("panes are equal: five in two rows of three, four in two of two", () => {
  expect([1, 2, 3, 4, 5].map(paneGrid)).toEqual([
    { columns: 1, rows: 1 },
    { columns: 2, rows: 1 },
    { columns: 3, rows: 1 },
    { columns: 2, rows: 2 },
    { columns: 3, rows: 2 },
  ]);
});

test("a box of the frame lies where it belongs in a close-up", () => {
  const inside = boxInCrop([0.4, 0.4, 0.1, 0.1], [0.3, 0.3, 0.4, 0.2]);
  for (const [index, share] of [0.25, 0.5, 0.25, 0.5].entries()) expect(inside[index]).toBeCloseTo(share);
  expect(boxInCrop([0.4, 0.4, 0.1, 0.1], null)).toEqual([0.4, 0.4, 0.1, 0.1]);
});
