import { expect, test } from "vitest";
import { coverView, fitSize, panBy, placePicture, viewOfBox, wholePicture, zoomAt } from "./viewport.ts";

const stage = { width: 800, height: 600 };
const aspect = 16 / 9;

test("the whole picture fits and stands in the middle", () => {
  expect(fitSize(stage, aspect)).toEqual({ width: 800, height: 450 });
  expect(placePicture(stage, aspect, wholePicture)).toEqual({ width: 800, height: 450, left: 0, top: 75 });
});

test("the point under the pointer stays there while zooming", () => {
  const view = zoomAt(wholePicture, 3, 300, 250, stage, aspect);
  const before = placePicture(stage, aspect, wholePicture);
  const after = placePicture(stage, aspect, view);
  expect((300 - after.left) / after.width).toBeCloseTo((300 - before.left) / before.width);
  expect((250 - after.top) / after.height).toBeCloseTo((250 - before.top) / before.height);
});

test("zoom stays between the whole picture and sixteen times", () => {
  expect(zoomAt(wholePicture, 0.1, 0, 0, stage, aspect).zoom).toBe(1);
  expect(zoomAt(wholePicture, 1000, 0, 0, stage, aspect).zoom).toBe(16);
});

test("a picture cannot be pushed off the stage", () => {
  const near = zoomAt(wholePicture, 4, 400, 300, stage, aspect);
  const far = placePicture(stage, aspect, panBy(near, -1e6, 1e6, stage, aspect));
  expect(far.left + far.width).toBeCloseTo(stage.width);
  expect(far.top).toBeCloseTo(0);
  expect(panBy(wholePicture, 50, 50, stage, aspect)).toEqual(wholePicture);
});

test("a narrow pane is filled around the flag", () => {
  const pane = { width: 300, height: 600 };
  const place = placePicture(pane, aspect, coverView(0.9, 0.5, pane, aspect));
  expect(place.height).toBeCloseTo(600);
  expect(place.left + place.width).toBeCloseTo(300);
});

test("one viewport shows the same part of pictures of different size", () => {
  const view = viewOfBox([0.4, 0.5, 0.2, 0.2], stage, aspect);
  for (const [width, height] of [
    [1920, 1080],
    [640, 360],
  ] as const) {
    const place = placePicture(stage, width / height, view);
    expect((stage.width / 2 - place.left) / place.width).toBeCloseTo(0.5);
    expect((stage.height / 2 - place.top) / place.height).toBeCloseTo(0.6);
  }
  expect(view.zoom).toBeGreaterThan(2);
});
