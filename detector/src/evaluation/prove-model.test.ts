import type { Detection } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { proveBoxes } from "./prove-model.ts";

const truck = { role: "truck", boxNorm: [0.2, 0.2, 0.4, 0.4] } as const;
const seen = (x: number, role: Detection["role"] = "truck"): Detection => ({
  label: "truck",
  role,
  score: 0.8,
  boxNorm: [x, 0.2, 0.4, 0.4],
});
const prove = (detections: Detection[], roles: ("truck" | "goods")[] = ["truck"]) =>
  proveBoxes("gate", [truck], detections, new Set(roles));

test("a known box is found by the detection that overlaps it most, if by half", () => {
  expect(prove([seen(0.5), seen(0.25)])).toMatchObject([{ isFound: true, best: { iou: expect.closeTo(0.778, 3) } }]);
  expect(prove([seen(0.4)])).toMatchObject([{ isFound: false, best: { iou: expect.closeTo(1 / 3, 3) } }]);
  expect(prove([])).toMatchObject([{ isFound: false, best: undefined }]);
});

test("another role does not find it, and a role without a label is not asked for", () => {
  expect(prove([seen(0.2, "car")])).toMatchObject([{ isFound: false, best: undefined }]);
  expect(prove([], ["goods"])).toEqual([]);
});
