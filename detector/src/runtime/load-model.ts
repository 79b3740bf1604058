import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { findModel, type Manifest, type ModelProblem, modelProblem, parseManifest } from "@mingcha/models/onnx";

/** A model found on disk, its bytes not yet looked at. */
export type LocatedModel = { manifest: Manifest; file: string };

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Manifest of an id: the registry's, else `<id>.manifest.json` in one of the folders. */
async function findManifest(id: string, folders: readonly string[]): Promise<Manifest | ModelProblem | undefined> {
  const known = findModel(id);
  if (known !== undefined) return known;
  for (const folder of folders) {
    const file = join(folder, `${id}.manifest.json`);
    if (!(await stat(file).catch(() => undefined))) continue;
    const value = await readJson(file).catch(() => undefined);
    const parsed = parseManifest(value);
    if (parsed.kind === "bad")
      return modelProblem(id, `${file}: ${parsed.text}`, `说明文件 ${file} 的 ${parsed.path || "顶层"} 不合格式`);
    return parsed.manifest;
  }
  return undefined;
}

/** Finds a model by id in the given folders, first match wins. */
export async function locateModel(id: string, folders: readonly string[]): Promise<LocatedModel | ModelProblem> {
  if (!/^[a-z0-9_-]+$/.test(id)) return modelProblem(id, "that is no model id", "不是有效的模型编号");
  const manifest = await findManifest(id, folders);
  if (manifest === undefined)
    return modelProblem(id, 'not known: see "npm run models -- list"', "没有这个模型，见 npm run models -- list");
  if ("kind" in manifest) return manifest;
  for (const folder of folders) {
    const file = join(folder, manifest.file);
    if (await stat(file).catch(() => undefined)) return { manifest, file };
  }
  return modelProblem(
    id,
    `${manifest.file} is in none of ${folders.join(", ")}`,
    `${manifest.file} 不在以下任一文件夹中：${folders.join("、")}`,
  );
}

/** Reads a model file and refuses it unless size and SHA-256 are the manifest's. */
export async function readModelFile(located: {
  manifest: Pick<Manifest, "id" | "bytes" | "sha256">;
  file: string;
}): Promise<{ kind: "ok"; bytes: Buffer } | ModelProblem> {
  const { manifest, file } = located;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return modelProblem(manifest.id, `${file} cannot be read`, `无法读取 ${file}`);
  if (bytes.length !== manifest.bytes)
    return modelProblem(
      manifest.id,
      `${file} has ${bytes.length} bytes, its manifest says ${manifest.bytes}`,
      `${file} 为 ${bytes.length} 字节，说明文件为 ${manifest.bytes} 字节`,
    );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== manifest.sha256)
    return modelProblem(
      manifest.id,
      `${file} has SHA-256 ${sha256}, its manifest says ${manifest.sha256}`,
      `${file} 的 SHA-256 为 ${sha256}，与说明文件不符`,
    );
  return { kind: "ok", bytes };
}
