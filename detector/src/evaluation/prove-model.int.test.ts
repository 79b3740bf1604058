import { fileURLToPath } from "node:url";
import { findMediaTools, type MediaTools } from "@mingcha/infra/media";
import { findModel, type Manifest } from "@mingcha/models/onnx";
import { beforeAll, expect, test } from "vitest";
import { locateModel, readModelFile } from "../runtime/load-model.ts";
import { openOnnxSession } from "../runtime/onnx-session.ts";
import { takeLooks } from "../runtime/take-looks.ts";
import { proveModel } from "./prove-model.ts";

const weights = fileURLToPath(new URL("../../../models/weights/", import.meta.url));
let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

async function prove(manifest: Manifest) {
  const located = await locateModel(manifest.id, [weights]);
  if ("kind" in located) throw new Error(located.text);
  const file = await readModelFile(located);
  if (file.kind === "bad") throw new Error(file.text);
  const session = await openOnnxSession(file.bytes, manifest);
  if ("kind" in session) throw new Error(session.text);
  const proofs = await proveModel(tools, { look: (task) => takeLooks(tools, { manifest, session }, task) }, manifest);
  await session.close();
  return proofs;
}

const starter = findModel("starter") as Extract<Manifest, { family: "yolox" }>;

test("the model the product ships finds the known boxes of the clips it ships", async () => {
  const proofs = await prove(starter);
  expect(proofs.length).toBeGreaterThan(0);
  expect(proofs.filter(({ isFound }) => !isFound)).toEqual([]);
});

test("a manifest that fits the graph and lies about the order of its strides is found out", async () => {
  const proofs = await prove({ ...starter, strides: [...starter.strides].reverse() });
  expect(proofs.some(({ isFound }) => !isFound)).toBe(true);
});
