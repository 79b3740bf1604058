import fc from "fast-check";
import { expect, test } from "vitest";
import type { Look } from "./look.ts";
import { decodeLook, encodeLook, roundLook, storedLookSchema } from "./stored-look.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const detection = fc.record({
  label: fc.constantFrom("car", "truck", "bench", "摊车"),
  score: share,
  boxNorm: fc.tuple(share, share, share, share),
});
const roleOf = { car: "car", truck: "truck", bench: null, 摊车: "cart" } as const;
const look: fc.Arbitrary<Look> = fc.record({
  status: fc.constant("seen" as const),
  capturedAtMs: fc.integer({ min: 0, max: 2e12 }),
  offsetMs: fc.integer({ min: 0, max: 1e7 }),
  detections: fc.array(detection.map((d) => ({ ...d, role: roleOf[d.label as keyof typeof roleOf] }))),
});

test("a stored look, stored again, is the same to the last bit", () => {
  fc.assert(
    fc.property(look, (original) => {
      const stored = encodeLook(original);
      expect(storedLookSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
      expect(encodeLook(decodeLook(stored))).toEqual(stored);
      expect(roundLook(roundLook(original))).toEqual(roundLook(original));
    }),
  );
});

test("rounding moves a box by less than 0.04 px of 4K and keeps roles", () => {
  fc.assert(
    fc.property(look, (original) => {
      const rounded = roundLook(original);
      if (original.status !== "seen" || rounded.status !== "seen") return;
      expect(rounded.detections.map((d) => d.role)).toEqual(original.detections.map((d) => d.role));
      rounded.detections.forEach((d, i) => {
        d.boxNorm.forEach((edge, e) => {
          expect(Math.abs(edge - (original.detections[i]?.boxNorm[e] ?? 0))).toBeLessThanOrEqual(0.000_005_01);
        });
      });
    }),
  );
});

test("a missing look keeps its reason", () => {
  const missing: Look = { status: "missing", capturedAtMs: 1000, offsetMs: 0, reason: "decode_failed" };
  expect(roundLook(missing)).toEqual(missing);
});

test("a look that was carried over stays one, and one that was analysed does not become one", () => {
  const analysed: Look = { status: "seen", capturedAtMs: 1000, offsetMs: 0, detections: [] };
  expect(roundLook({ ...analysed, carried: true })).toEqual({ ...analysed, carried: true });
  expect(roundLook(analysed)).toEqual(analysed);
});
