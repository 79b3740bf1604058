import type { ObjectFactView } from "@mingcha/models/http";
import { type ObjectFactInput, objectFactSchema } from "@mingcha/models/objects";
import { expect, test } from "vitest";
import { factOf, valuesOf } from "./form-values.ts";

const view = (input: ObjectFactInput) => objectFactSchema.parse(input) as unknown as ObjectFactView;

test.each<ObjectFactInput>([
  {
    kind: "shop",
    name: "店",
    place: "路",
    creditCode: "91350100M000100Y43",
    pledges: [{ signedOn: "2026-03-01", reference: "一" }],
  },
  { kind: "vehicle", plate: "沪A12345", plateColour: "yellow" },
  {
    kind: "permit",
    place: "路",
    violations: ["STALL"],
    validFrom: "2026-01-01",
    validTo: "2026-12-31",
    days: "1,3,7",
    from: "17:00",
    to: "24:00",
    reference: "1",
  },
])("what is opened and saved untouched stays as it was: $kind", (input) => {
  expect(objectFactSchema.parse(factOf(input.kind, valuesOf(input.kind, view(input))))).toEqual(
    objectFactSchema.parse(input),
  );
});

test("a field that was emptied is not known, not an empty text", () => {
  expect(factOf("shop", { name: "店", place: "路", operator: " " })).toMatchObject({
    operator: null,
    creditCode: null,
  });
});
