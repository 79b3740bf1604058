import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cocoRoles } from "@mingcha/models/onnx";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSet } from "./read-set.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mingcha-set-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const roleOf = (label: string) => cocoRoles[label];
async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

test("pictures and labels in folders of their own, names from data.yaml as list or by number", async () => {
  await write({
    "images/a.jpg": "",
    "images/unlabelled.jpg": "",
    "labels/a.txt": "1 0.5 0.5 0.2 0.4\n0 0.1 0.1 0.2 0.2\n",
  });
  for (const yaml of ["names: ['bus', 'car']", "names:\n  0: bus\n  1: car"]) {
    await write({ "data.yaml": yaml });
    const set = await readSet(folder, roleOf);
    expect(set.kind === "pictures" && set.pictures).toEqual([
      { file: join(folder, "images/a.jpg"), boxes: [{ role: "car", boxNorm: [0.4, 0.3, 0.2, 0.4], isCrowd: false }] },
    ]);
  }
});

test("pictures beside their labels, names given", async () => {
  await write({ "b.jpg": "", "b.txt": "0 0.5 0.5 1 1" });
  const set = await readSet(folder, roleOf, { classNames: ["truck"] });
  expect(set.kind === "pictures" && set.pictures[0]?.boxes[0]?.role).toBe("truck");
  await expect(readSet(folder, roleOf)).rejects.toThrow("--names");
});

test("a line that is no box of a named class is refused with file and line", async () => {
  for (const line of ["0 0.5 0.5 1", "7 0.5 0.5 1 1", "0 0.1 0.1 0.2 0.1 0.2 0.2", "0 0.5 x 1 1"]) {
    await write({ "b.jpg": "", "b.txt": `0 0.5 0.5 1 1\n${line}` });
    await expect(readSet(folder, roleOf, { classNames: ["truck"] })).rejects.toThrow("b.txt, line 2");
  }
});
