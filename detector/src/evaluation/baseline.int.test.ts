import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openModel, openTools, readConfig } from "../cli/open-detector.ts";
import { baselineSchema, compareFigures } from "./baseline.ts";
import { evaluationFolder, measureBaseline } from "./measure-baseline.ts";

test("no figure of the shipped model on the stored variants and pictures has dropped by more than its noise: two standard errors by the bootstrap, at least one act", async () => {
  const stored = baselineSchema.parse(JSON.parse(await readFile(join(evaluationFolder, "baseline.json"), "utf8")));
  const config = readConfig();
  const model = await openModel(config, stored.model.id);
  const measured = await measureBaseline(await openTools(config), model);
  expect(measured.model.sha256, "another model: run `npm run eval -- --write-baseline`").toBe(stored.model.sha256);
  expect(compareFigures(stored.figures, measured.figures).filter(({ change }) => change === "worse")).toEqual([]);
}, 240_000);
