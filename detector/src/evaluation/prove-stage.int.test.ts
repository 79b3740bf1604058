import { fileURLToPath } from "node:url";
import { findStage, type Stage } from "@mingcha/models/attributes";
import { expect, test } from "vitest";
import { locateStage } from "../attributes/locate-stage.ts";
import { openStage } from "../attributes/open-stage.ts";
import { proveStage } from "./prove-stage.ts";

const weights = fileURLToPath(new URL("../../../models/weights/", import.meta.url));

async function prove(stage: Stage) {
  const file = await locateStage(stage, [weights]);
  if (file === undefined) throw new Error(`${stage.file} is not there`);
  const session = await openStage(stage, file);
  if ("kind" in session) throw new Error(session.text);
  return proveStage(session).finally(() => session.close());
}

const shipped = (id: string): Stage => {
  const stage = findStage(id);
  if (stage === undefined) throw new Error(`no stage is called ${id}`);
  return stage;
};

test.each(["plate-reader", "truck-cover"])("the shipped %s tells every stored picture what it is", async (id) => {
  const proofs = await prove(shipped(id));
  expect(proofs.length).toBeGreaterThanOrEqual(6);
  expect(proofs.filter(({ isRight }) => !isRight)).toEqual([]);
});

test("a registry entry that fits the file and lies about the order of its classes is found out", async () => {
  const cover = shipped("truck-cover");
  if (cover.family !== "values") throw new Error("not a classifier");
  const proofs = await prove({ ...cover, classes: [...cover.classes].reverse() });
  expect(proofs.some(({ isRight }) => !isRight)).toBe(true);
});
