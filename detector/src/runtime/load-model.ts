import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { findModel, type Manifest, parseManifest } from "@mingcha/models/onnx";

/** A model found on disk, its bytes not yet looked at. */
export type LocatedModel = { manifest: Manifest; file: string };

export type ModelProblem = { kind: "bad"; text: string };

const bad = (text: string): ModelProblem => ({ kind: "bad", text });

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
    if (parsed.kind === "bad") return bad(`${file}: ${parsed.text}`);
    return parsed.manifest;
  }
  return undefined;
}

/** Finds a model by id in the given folders, first match wins. */
export async function locateModel(id: string, folders: readonly string[]): Promise<LocatedModel | ModelProblem> {
  if (!/^[a-z0-9_-]+$/.test(id)) return bad(`"${id}" is no model id`);
  const manifest = await findManifest(id, folders);
  if (manifest === undefined) return bad(`no model is called "${id}": see "npm run models -- list"`);
  if ("kind" in manifest) return manifest;
  for (const folder of folders) {
    const file = join(folder, manifest.file);
    if (await stat(file).catch(() => undefined)) return { manifest, file };
  }
  return bad(`model ${id}: ${manifest.file} is in none of ${folders.join(", ")}`);
}

/** Reads a model file and refuses it unless size and SHA-256 are the manifest's. */
export async function readModelFile(located: LocatedModel): Promise<{ kind: "ok"; bytes: Buffer } | ModelProblem> {
  const { manifest, file } = located;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return bad(`model ${manifest.id}: ${file} cannot be read`);
  if (bytes.length !== manifest.bytes)
    return bad(`model ${manifest.id}: ${file} has ${bytes.length} bytes, its manifest says ${manifest.bytes}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== manifest.sha256)
    return bad(`model ${manifest.id}: ${file} has SHA-256 ${sha256}, its manifest says ${manifest.sha256}`);
  return { kind: "ok", bytes };
}
