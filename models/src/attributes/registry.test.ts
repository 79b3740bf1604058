import { expect, test } from "vitest";
import { violations } from "../violations/registry.ts";
import { attributesOf, stageSchema } from "./manifest.ts";
import { attributeTexts, attributeValueTexts } from "./reading.ts";
import { stageFor, stageRegistry } from "./registry.ts";

test("every stage has a licence that lets us ship or name it, and reads back", () => {
  for (const stage of stageRegistry) {
    expect(["Apache-2.0", "MIT", "BSD-3-Clause"]).toContain(stage.licence);
    expect(stageSchema.parse(JSON.parse(JSON.stringify(stage)))).toEqual(stage);
  }
});

test("ids and files are used once", () => {
  expect(new Set(stageRegistry.map((stage) => stage.id)).size).toBe(stageRegistry.length);
  expect(new Set(stageRegistry.map((stage) => stage.file)).size).toBe(stageRegistry.length);
});

test("every attribute and every value a stage can give has words in both languages", () => {
  for (const stage of stageRegistry)
    for (const attribute of attributesOf(stage)) {
      expect(attributeTexts[attribute]).toBeDefined();
      if (stage.family !== "values") continue;
      for (const value of Object.keys(stage.attributes[attribute] ?? {}))
        expect(attributeValueTexts[attribute]?.[value]).toBeDefined();
    }
});

test("what a violation leaves to a person and a stage could tell is found by its name", () => {
  const asked = violations.flatMap((violation) => violation.judgedByPerson.map(({ attribute }) => attribute));
  expect(asked).toContain("cover");
  expect(stageFor("cover")?.id).toBe("truck-cover");
  expect(stageFor("load")?.id).toBe("truck-cover");
  expect(stageFor("plate")?.id).toBe("plate-reader");
  expect(stageFor("cleanliness")).toBeUndefined();
});

test("a class that does not exist is refused by name", () => {
  const [stage] = stageRegistry.filter(({ family }) => family === "values");
  const read = stageSchema.safeParse({ ...stage, attributes: { cover: { covered: ["unicorn"] } } });
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues)).toContain("unicorn");
});
